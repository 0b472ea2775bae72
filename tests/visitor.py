"""Somebody at a keyboard, without a browser: opens pages, fills in the forms that stand on them, presses buttons.

Everything a form holds is sent, as a browser would: hidden fields, what was filled in before, the pressed button.
"""

from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import tinyhtml5
from django.test import Client

HTML = "{http://www.w3.org/1999/xhtml}"
Fields = dict[str, Any]


class Visitor:
    """A visitor with cookies of their own. `page` is the text of the last page, `path` its address."""

    def __init__(self, email: str = "", password: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.path, self.page, self.content = "/", "", b""
        if email:
            self.open("/accounts/login/")
            self.press("Sign in", login=email, password=password)
            assert "/accounts/login" not in self.path, self.page

    def open(self, address: str, status: int = 200) -> str:
        """Go to an address (a path, or a link out of a message) and read the page there."""
        parts = urlsplit(address)
        return self.read(
            self.client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path, follow=True),
            status,
            parts.path,
        )

    def read(self, response: Any, status: int, path: str) -> str:
        assert response.status_code == status, (
            f"{path} answered {response.status_code}: {response.content[:2000].decode(errors='replace')}"
        )
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
        self.content = response.getvalue()
        is_page = response["Content-Type"].startswith("text/html")
        self.html = self.content.decode() if is_page else ""
        self.root = tinyhtml5.parse(self.html) if is_page else Element("none")
        self.page = words(self.root)
        return self.page

    def press(self, button: str, files: Fields | None = None, refused: bool = False, **fields: Any) -> str:
        """Fill in the form that has this button, and press it.

        A field that the form has not is a mistake of the test; so is a form that is refused, unless that is the point.
        """
        page = self.send(button, files, fields)
        assert page.startswith("Error:") == refused, f"“{button}” led to {self.path}:\n{page}"
        return page

    def send(self, button: str, files: Fields | None, fields: Fields) -> str:
        form, pressed = self.find(button)
        sent = values_of(form)
        names = {element.get("name") for element in inputs(form)}
        for name, value in fields.items():
            assert name in names, (
                f"The form “{button}” on {self.path} has no field {name}; it has {sorted(filter(None, names))}."
            )
            sent[name] = value
        if pressed.get("name"):
            sent[pressed.get("name")] = pressed.get("value", "")
        sent = {name: value for name, value in sent.items() if value is not None} | (files or {})
        action = urljoin(self.path, form.get("action") or self.path)
        if (form.get("method") or "get").lower() == "get":
            return self.read(self.client.get(action, sent, follow=True), 200, action)
        return self.read(
            self.client.post(action, sent, follow=True, headers={"Referer": "http://testserver"}), 200, action
        )

    def find(self, button: str) -> tuple[Element, Element]:
        """The form with the button that begins with these words."""
        for form in self.root.iter(f"{HTML}form"):
            for element in form.iter(f"{HTML}button"):
                if words(element).startswith(button):
                    return form, element
        raise AssertionError(f"No button “{button}” on {self.path}:\n{self.page}")

    def has_button(self, button: str) -> bool:
        return any(words(element).startswith(button) for element in self.root.iter(f"{HTML}button"))

    def fields(self, button: str) -> list[str]:
        """The names of the form that has this button, each once, in their order."""
        return list(
            dict.fromkeys(element.get("name", "") for element in inputs(self.find(button)[0]) if element.get("name"))
        )

    def value(self, button: str, name: str) -> Any:
        """What a field holds now."""
        return values_of(self.find(button)[0]).get(name)

    def choices(self, button: str, name: str) -> list[str]:
        """The values that radio buttons or boxes of this name offer."""
        return [
            element.get("value", "")
            for element in inputs(self.find(button)[0])
            if element.get("name") == name and element.get("type") in ("radio", "checkbox")
        ]

    def option(self, name: str, label: str) -> str:
        """The value of the option with these words, in the menu of this name."""
        for select in self.root.iter(f"{HTML}select"):
            for option in select.iter(f"{HTML}option"):
                if select.get("name") == name and words(option).startswith(label):
                    return option.get("value", "")
        raise AssertionError(f"No option “{label}” in {name} on {self.path}")

    def follow(self, link: str) -> str:
        """Follow the link that begins with these words."""
        for element in self.root.iter(f"{HTML}a"):
            if words(element).startswith(link) and element.get("href"):
                return self.open(urljoin(self.path, element.get("href")))
        raise AssertionError(f"No link “{link}” on {self.path}:\n{self.page}")


def words(element: Element) -> str:
    """The text a reader sees, blanks folded."""
    skipped = {f"{HTML}script", f"{HTML}style", f"{HTML}template"}
    parts: list[str] = []

    def walk(node: Element) -> None:
        if node.tag in skipped:
            return
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")

    walk(element)
    return " ".join(" ".join(parts).split())


def inputs(form: Element) -> list[Element]:
    return [element for element in form.iter() if element.tag in {f"{HTML}input", f"{HTML}textarea", f"{HTML}select"}]


def values_of(form: Element) -> Fields:
    """What the form would send untouched; lists where a name stands more than once."""
    sent: dict[str, list[str]] = {}
    for element in inputs(form):
        name = element.get("name")
        if name and element.get("disabled") is None:
            sent.setdefault(name, []).extend(values(element))
    return {name: found if len(found) != 1 else found[0] for name, found in sent.items() if found}


def values(element: Element) -> list[str]:
    if element.tag == f"{HTML}textarea":
        return [(element.text or "").removeprefix("\n")]
    if element.tag == f"{HTML}select":
        options = list(element.iter(f"{HTML}option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [option.get("value", words(option)) for option in chosen]
    kind = element.get("type", "text")
    if kind in ("checkbox", "radio"):
        return [element.get("value", "on")] if element.get("checked") is not None else []
    return [] if kind in ("file", "submit", "button") else [element.get("value", "")]
