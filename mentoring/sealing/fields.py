"""A dictionary of words in a column that holds ciphertext."""

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

if TYPE_CHECKING:
    from .models import Sealed


class Opened(DeferredAttribute):
    """Opens what came from the database when somebody first looks at it."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        kept = instance.__dict__
        if self.field.attname not in kept:
            super().__get__(instance, cls)
        value = kept[self.field.attname]
        if isinstance(value, bytes | memoryview):
            kept[self.field.attname] = value = instance.open(bytes(value))
        return value

    def __set__(self, instance: "Sealed", value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):
    """JSON that only the row's own key opens, in the row's own place. Saved through the model, never by `update`."""

    descriptor_class = Opened

    def pre_save(self, model_instance: Any, add: bool) -> bytes:
        words = getattr(model_instance, self.attname)
        return model_instance.close(json.dumps(words, ensure_ascii=False).encode())

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not isinstance(value, bytes):
            raise TypeError("Sealed words are written by saving their row, which knows their key and their place.")
        return super().get_prep_value(value)
