// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.stream.Stream;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.assertj.core.api.SoftAssertions;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** Pictures of whole pages, {@code target/console-pictures/<page>-<width>-<theme>.png}; each page is checked as well. */
final class Pictures {

    /** How a page is shown. @param width of the window in pixels @param theme {@code light} or {@code dark} */
    record Look(int width, String theme) {

        static final Look DESK = new Look(1280, "light");
        static final Look DESK_DARK = new Look(1280, "dark");
        static final Look PHONE = new Look(380, "light");
        static final Look PHONE_DARK = new Look(380, "dark");

        static final List<Look> ALL = List.of(DESK, DESK_DARK, PHONE, PHONE_DARK);

        private String suffix() {
            return "-" + width + "-" + theme + ".png";
        }
    }

    /** Of the window, in pixels. */
    private static final int HEIGHT = 840;
    private static final int HIGHEST = 3000;
    private static final Path FOLDER = Path.of("target/console-pictures");
    private static final List<String> WCAG_22_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final String HEADINGS = """
            return [...document.querySelectorAll('h1, h2')].filter(each => each.checkVisibility()).map(each =>
                each.innerText.replace(/\\s+/g, ' ').trim());""";
    private static final String PAINTED = """
            document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(arguments[0])));""";

    private final ChromeDriver driver;

    Pictures(Browser browser) {
        this.driver = browser.driver();
    }

    /**
     * Asserts that a person can use what the browser shows now in each of these looks, and takes a picture of each.
     *
     * @param page    the name of the picture
     * @param heading that is seen
     */
    void take(String page, String heading, List<Look> looks) throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (Look look : looks) {
            show(look);
            Files.createDirectories(FOLDER);
            all.assertThat(headings()).as("headings of %s%s", page, look.suffix())
                    .anyMatch(each -> each.contains(heading));
            all.assertThat((Long) driver.executeScript("return document.documentElement.scrollWidth"))
                    .as("width of %s%s", page, look.suffix()).isLessThanOrEqualTo(look.width);
            // In a window as high as the page, so that bars that stay in the window cover nothing.
            Files.write(FOLDER.resolve(page + look.suffix()), picture(look));
            for (Rule each : new AxeBuilder().withTags(WCAG_22_AA).analyze(driver).getViolations()) {
                all.fail("%s%s: %s %s", page, look.suffix(), each.getHelp(), each.getNodes());
            }
        }
        all.assertAll();
    }

    @SuppressWarnings("unchecked")
    private List<String> headings() {
        return (List<String>) driver.executeScript(HEADINGS);
    }

    /** The errors in the log of the browser since it was last asked. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(each -> each.getLevel().intValue() >= Level.SEVERE.intValue()).map(each -> each.getMessage())
                .toList();
    }

    /** A window as wide as a desk's, in the light theme, for the next page. */
    void reset() {
        show(Look.DESK);
    }

    private void show(Look look) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", look.theme),
                        Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        // As those of a phone, which take no place.
        driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        size(look.width, HEIGHT);
    }

    private void size(int width, long height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeAsyncScript(PAINTED);
    }

    /** In a window as high as the page; of a very long page, its beginning. */
    private byte[] picture(Look look) {
        size(look.width, Math.min(HIGHEST,
                (Long) driver.executeScript("return document.documentElement.scrollHeight")));
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** A page that shows all pictures side by side: a line for each page of the console, a column for each look. */
    static void index() throws IOException {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
                + "<title>Pictures of the console</title>\n<style>td {vertical-align: top} img {max-width: 420px}</style>\n"
                + "<table>\n");
        Map<String, TreeSet<String>> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.map(each -> each.getFileName().toString()).filter(each -> each.endsWith(".png")).forEach(each -> pages
                    .computeIfAbsent(each.replaceFirst("-\\d+-[a-z]+\\.png$", ""), page -> new TreeSet<>()).add(each));
        }
        for (Map.Entry<String, TreeSet<String>> page : pages.entrySet()) {
            html.append("<tr><th>").append(page.getKey()).append("</th>");
            for (Look look : Look.ALL) {
                String name = page.getKey() + look.suffix();
                html.append("<td>");
                if (page.getValue().contains(name)) {
                    html.append("<a href=\"%1$s\"><img src=\"%1$s\" alt=\"%1$s\"></a>".formatted(name));
                }
                html.append("</td>");
            }
            html.append("</tr>\n");
        }
        Files.writeString(FOLDER.resolve("index.html"), html.append("</table></html>\n"));
    }
}
