"""Somebody who uses no mouse."""

from playwright.sync_api import Page

FOCUS = """() => {
  const element = document.activeElement;
  const label = element.labels && element.labels.length ? [...element.labels].map(one => one.innerText).join(" ") : "";
  const group = element.type === "radio" ? element.name : "";
  return [element.getAttribute("aria-label") || label || element.innerText || "", group].map(text => text.trim());
}"""


class Keyboard:
    """Moves by Tab, chooses by arrows and space, presses by Enter; fails when something cannot be reached or seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, *words: str, most: int = 120) -> None:
        """Tab until what has the focus begins with these words, or with any of several."""
        seen = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            label, group = self.page.evaluate(FOCUS)
            seen.append(label or group)
            if label.startswith(words):
                assert self.is_outlined(), f"Nobody can see that “{label}” has the focus."
                return
        raise AssertionError(f"{words} cannot be reached by Tab on {self.page.url}: {seen}")

    def is_outlined(self) -> bool:
        """Whether the focus shows: an outline on the element, or on the tile drawn over it."""
        script = "() => [document.activeElement, document.activeElement.nextElementSibling, document.activeElement.parentElement].some(one => one && getComputedStyle(one).outlineStyle !== 'none')"
        return bool(self.page.evaluate(script))

    def type(self, words: str, text: str) -> None:
        self.reach(words)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, wanted: str, among: list[str]) -> None:
        """Reach a group of radio buttons (Tab stops at the chosen one, or the first), then the wanted one by arrows."""
        self.reach(*among)
        for _ in among:
            label, _ = self.page.evaluate(FOCUS)
            if label.startswith(wanted):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"“{wanted}” is not among the choices on {self.page.url}")

    def press(self, words: str) -> None:
        """Press a button or follow a link, and wait for what comes."""
        self.reach(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
