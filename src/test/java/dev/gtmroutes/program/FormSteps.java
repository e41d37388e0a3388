// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The steps of the form of a flow, as a person takes them. */
final class FormSteps {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Browser browser;

    FormSteps(Browser browser) {
        this.browser = browser;
    }

    /** @param step source, vendor, endpoint or configure */
    FormSteps go(String step) {
        browser.find("#goes-" + step).click();
        await(step).atMost(PATIENCE).until(() -> browser.find("#step-" + step).isDisplayed());
        return this;
    }

    /** The step that is shown. */
    String current() {
        return browser.attribute("#flow-editor", "data-step");
    }

    /** Scrolls as a person does, so that nothing is under the bar of buttons; then clicks. */
    FormSteps click(String css) {
        WebElement element = browser.find(css);
        browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
        return this;
    }

    /** What the bar says about a step, or the mistakes in it. */
    String state(String step) {
        return browser.text("#steps-" + step + " small");
    }

    /** Chooses an endpoint, of whatever vendor, and goes on to its settings. */
    FormSteps endpoint(String template) {
        go("endpoint");
        boolean isManual = template.endsWith("-request-sink");
        browser.find(isManual ? "#tab-manual" : "#tab-endpoints").click();
        if (isManual) {
            String vendor = browser.find("#card-" + template).findElement(By.xpath("ancestor::li"))
                    .getDomAttribute("data-card");
            go("vendor").choose("vendor-" + vendor.replaceAll("[^A-Za-z0-9]+", "-"), "vendor").go("endpoint");
        } else {
            browser.find("#all-vendors").click();
        }
        return choose("card-" + template, "endpoint").go("configure");
    }

    /** Chooses a card of a step, and waits until the page has what belongs to it. */
    FormSteps choose(String card, String step) {
        WebElement label = browser.find("label[for='" + card + "']");
        String title = label.findElement(By.tagName("b")).getText();
        label.click();
        await(title).atMost(PATIENCE).until(() -> browser.driver().executeScript(
                "return document.querySelector(arguments[0]).dataset.state", "#steps-" + step + " small").toString()
                .startsWith(title));
        return this;
    }
}
