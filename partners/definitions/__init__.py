"""What the product assumes of benefits."""
