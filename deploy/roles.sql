-- The three roles and the database of the register, on a PostgreSQL 15 or newer of your own, as a superuser. What is there
-- already stays as it is. `deploy/roles-once.sh` gives it the passwords.
--
-- Why three: whoever owns the tables could change their policies, so the program that serves people must not own them;
-- and whoever backs up must see every county, which nobody else may.

-- Passwords are hashed by the server; keep the statements out of its log.
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET password_encryption = 'scram-sha-256';

SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'registry_owner') AS roles_missing,
       NOT EXISTS (SELECT FROM pg_database WHERE datname = 'registry') AS database_missing \gset

\if :roles_missing
  CREATE ROLE registry_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'owner_password';
  CREATE ROLE registry_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'app_password';
  CREATE ROLE registry_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'backup_password';

  GRANT pg_read_all_data TO registry_backup;
  ALTER ROLE registry_backup SET default_transaction_read_only = on;
\else
  \echo The roles are there already and stay as they are.
\endif

\if :database_missing
  -- Sorted by code points: a sort by pinyin is a column of its own, so that every server gives the same order.
  CREATE DATABASE registry OWNER registry_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
  REVOKE ALL ON DATABASE registry FROM PUBLIC;
  GRANT CONNECT, TEMPORARY ON DATABASE registry TO registry_app;
  GRANT CONNECT ON DATABASE registry TO registry_backup;

  -- Values of rows must not reach the server's log.
  ALTER DATABASE registry SET log_error_verbosity = 'terse';
  ALTER DATABASE registry SET log_min_error_statement = 'panic';
  ALTER DATABASE registry SET log_parameter_max_length_on_error = 0;
  ALTER DATABASE registry SET jit = off;
\else
  \echo The database is there already and stays as it is.
\endif
