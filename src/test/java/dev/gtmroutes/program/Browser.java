// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium at the pages of a program. Takes pictures into {@code target/screenshots}, for people to look at. */
final class Browser implements AutoCloseable {

    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Without it, a page that does not come holds a test up for five minutes. */
    private static final Duration LONGEST_LOAD = Duration.ofSeconds(60);
    /** What axe calls these keeps somebody from using a page. */
    private static final List<String> SERIOUS = List.of("serious", "critical");

    private final String address;
    private final ChromeDriver driver;

    /** @param address of the program, such as {@code http://127.0.0.1:8080} */
    Browser(String address) {
        this.address = address;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium").toString());
        // Of a private authority.
        options.setAcceptInsecureCerts(address.startsWith("https://"));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                "--disable-extensions", "--disable-background-networking", "--no-first-run", "--window-size=1280,900",
                // Colours would be measured that are on their way from one to the other.
                "--force-prefers-reduced-motion");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.SEVERE);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        driver = new ChromeDriver(new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver")).build(), options);
        driver.manage().timeouts().pageLoadTimeout(LONGEST_LOAD);
    }

    /** What Selenium itself offers. */
    ChromeDriver driver() {
        return driver;
    }

    /** Opens a page. If it does not come, {@code target/screenshots} tells what the programs were doing at that moment. */
    Browser open(String path) {
        try {
            driver.get(address + path);
        } catch (TimeoutException e) {
            Threads.print(PICTURES);
            throw e;
        }
        return this;
    }

    /** Waits until something matches. */
    WebElement find(String css) {
        return new WebDriverWait(driver, PATIENCE).until(now -> now.findElements(By.cssSelector(css)).stream()
                .findFirst().orElse(null));
    }

    /** Waits until the page says this. An element of the page before is no error, by whatever name. */
    Browser awaitText(String text) {
        new WebDriverWait(driver, PATIENCE).ignoring(WebDriverException.class)
                .until(now -> now.findElement(By.tagName("body")).getText().contains(text));
        return this;
    }

    /** Waits until the page no longer says this. */
    Browser awaitNoText(String text) {
        new WebDriverWait(driver, PATIENCE).ignoring(WebDriverException.class)
                .until(now -> !now.findElement(By.tagName("body")).getText().contains(text));
        return this;
    }

    /** The text of something that may be exchanged just now. */
    String text(String css) {
        return read(css, WebElement::getText);
    }

    /** An attribute of something that may be exchanged just now; empty if it has none. */
    String attribute(String css, String name) {
        return read(css, each -> Objects.requireNonNullElse(each.getDomAttribute(name), ""));
    }

    private String read(String css, Function<WebElement, String> how) {
        return new WebDriverWait(driver, PATIENCE).ignoring(StaleElementReferenceException.class)
                .until(now -> now.findElements(By.cssSelector(css)).stream().findFirst().map(how).orElse(null));
    }

    /** The text of the page as a person sees it. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Presses a button or follows a link by what it says to a screen reader, once nothing moves over it. */
    Browser press(String name) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class, ElementClickInterceptedException.class).until(now -> {
                    for (WebElement each : saying(name)) {
                        if (each.isDisplayed() && each.getAccessibleName().strip().equals(name)) {
                            each.click();
                            return true;
                        }
                    }
                    return null;
                });
        return this;
    }

    /** In one go: a long list is exchanged faster than one can ask each of its buttons. */
    @SuppressWarnings("unchecked")
    private List<WebElement> saying(String name) {
        return (List<WebElement>) driver.executeScript("""
                return [...document.querySelectorAll("button, a, summary")].filter(each =>
                    (each.getAttribute("aria-label") || each.textContent).replace(/\\s+/g, " ").trim() === arguments[0]);
                """, name);
    }

    /**
     * Asserts that nobody is kept from using this page, whether light or dark, wide or 380 pixels narrow; takes pictures.
     */
    Browser check(String picture) {
        scheme("light", picture, new AxeBuilder());
        // Nothing but colours is different.
        scheme("dark", picture, new AxeBuilder().withRules(List.of("color-contrast")));
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", 380, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        long wide = (Long) driver.executeScript("return document.documentElement.scrollWidth");
        picture(picture + "-narrow");
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        assertThat(wide).as("%s: its width where there are 380 pixels", picture).isLessThanOrEqualTo(380);
        return this;
    }

    private void scheme(String scheme, String picture, AxeBuilder axe) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        List<Rule> found = axe.analyze(driver).getViolations().stream()
                .filter(each -> SERIOUS.contains(each.getImpact())).toList();
        assertThat(found).as("%s, %s", picture, scheme).isEmpty();
        picture(picture + "-" + scheme);
    }

    void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page in light colours, in a window of this size, as PNG. */
    byte[] picture(int width, int height) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", "light"))));
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        try {
            return driver.getScreenshotAs(OutputType.BYTES);
        } finally {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static File program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(each -> new File(each, name))
                .filter(File::canExecute).findFirst().orElseThrow(() -> new IllegalStateException(
                        "The tests of the console need " + name + ": install Chromium and its driver"));
    }
}
