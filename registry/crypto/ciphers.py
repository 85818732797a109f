"""The two authenticated ciphers that values are sealed with. The number of the scheme stands in each sealed value."""

from enum import IntEnum
from functools import lru_cache
from typing import Final, Protocol

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from registry.crypto.purposes import Purpose
from registry.crypto.ring import derived_key

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16


class Scheme(IntEnum):
    """A cipher with its key size and layout. Sources: NIST SP 800-38D; GB/T 32907 (SM4) in the same mode."""

    AES_256_GCM = 1
    SM4_GCM = 2


SCHEMES: Final = {"aes-256-gcm": Scheme.AES_256_GCM, "sm4-gcm": Scheme.SM4_GCM}
_KEY_BYTES: Final = {Scheme.AES_256_GCM: 32, Scheme.SM4_GCM: 16}


class Aead(Protocol):
    """Authenticated encryption under one key; the tag lies behind the ciphertext."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Encrypt the data and vouch for the associated data."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Decrypt the data, or raise InvalidTag."""


class Sm4Gcm:
    """SM4 in Galois/counter mode, with the interface that the library gives to AES."""

    __slots__ = ("_algorithm",)

    def __init__(self, key: bytes) -> None:
        self._algorithm = SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Encrypt the data and vouch for the associated data."""
        encryptor = Cipher(self._algorithm, GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Decrypt the data, or raise InvalidTag."""
        decryptor = Cipher(self._algorithm, GCM(nonce, data[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


@lru_cache(maxsize=256)
def cipher_of(scheme: Scheme, master: bytes, purpose: Purpose) -> Aead:
    """Give the cipher of one purpose, under the key derived from the master key for it."""
    key = derived_key(master, f"seal/{scheme.value}/{purpose}", _KEY_BYTES[scheme])
    return AESGCM(key) if scheme is Scheme.AES_256_GCM else Sm4Gcm(key)
