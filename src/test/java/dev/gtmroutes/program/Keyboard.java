// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** A person who has no mouse: keys go to what has the focus, and the focus is always on something that this person sees. */
final class Keyboard {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** More than there are controls between any two that a journey needs. */
    private static final int MOST_TABS = 150;
    /** What has the focus, by what a screen reader calls it: a name, an id or a title. */
    private static final String FOCUS = """
            const at = document.activeElement;
            if (!at || at === document.body) {
              return "nothing";
            }
            const label = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || at.id;
            return label.replace(/\\s+/g, " ").replace(/ Required$/, "").trim();""";
    /** Whether what has the focus is marked and some of it is not covered; text if not. The content of a page is a place. */
    private static final String SEEN = """
            const at = document.activeElement;
            if (!at || at === document.body) {
              return "nothing has the focus";
            }
            if (at.id === "main") {
              return "";
            }
            const shown = at.getBoundingClientRect().width > 1 ? at : at.labels?.[0] || at;
            const ring = getComputedStyle(at);
            const isMarked = ring.outlineStyle !== "none" || ring.boxShadow !== "none"
                || at.closest(".ts-wrapper.focus, .pick:has(:focus-visible)");
            if (!isMarked) {
              return "the focus is not marked on " + at.outerHTML.slice(0, 200);
            }
            const box = shown.getBoundingClientRect();
            const isSeen = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([across, down]) => {
              const hit = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
              return hit && (shown.contains(hit) || hit.contains(shown) || at.labels?.[0]?.contains(hit)
                  || at.closest(".ts-wrapper")?.contains(hit));
            });
            return isSeen ? "" : "the focus is covered on " + at.outerHTML.slice(0, 200);""";

    private final Browser browser;

    Keyboard(Browser browser) {
        this.browser = browser;
    }

    /** Presses keys one after the other, or types a text. */
    Keyboard press(CharSequence... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
        return this;
    }

    /** Presses a key while another one is held. */
    Keyboard hold(Keys held, CharSequence key) {
        new Actions(browser.driver()).keyDown(held).sendKeys(key).keyUp(held).perform();
        return this;
    }

    /** Replaces the text of the field that has the focus. */
    Keyboard type(String text) {
        return hold(Keys.CONTROL, "a").press(text);
    }

    /** Tabs on to the control that a screen reader calls so. On the way, the focus is seen at each stop. */
    Keyboard to(String name) {
        StringBuilder passed = new StringBuilder();
        for (int i = 0; i < MOST_TABS; i++) {
            press(Keys.TAB);
            // The end of the page: the browser's own controls are next.
            if (!focus().equals("nothing")) {
                awaitSeen();
            }
            if (focus().equals(name)) {
                return this;
            }
            passed.append(focus()).append(" | ");
        }
        throw new AssertionError("no way by Tab to " + name + ", but to: " + passed);
    }

    /** Waits until the focus is there, and seen. */
    Keyboard awaitAt(String name) {
        await("focus on " + name).atMost(PATIENCE).untilAsserted(() -> assertThat(focus()).isEqualTo(name));
        return awaitSeen();
    }

    /** Waits until something that a person sees has the focus. */
    Keyboard awaitSeen() {
        await("a visible focus").atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.driver().executeScript(SEEN)).isEqualTo(""));
        return this;
    }

    /** What a screen reader calls what has the focus; {@code nothing} if nothing has it. */
    String focus() {
        return (String) browser.driver().executeScript(FOCUS);
    }
}
