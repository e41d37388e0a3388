// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;

import dev.gtmroutes.docs.GeneratedPart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The picture of the console in the README: the overview while flows deliver, one is refused and one needs a credential.
 * Fonts differ between machines, so only its size and the page itself are compared. {@code -Ddocs.update=true} takes a new
 * picture.
 */
@Tag("browser")
class ConsolePictureIT {

    private static final Path PICTURE = Path.of("docs/console.png");
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 840;

    private final Browser browser = DemoConsole.browser();

    @Test
    void thePictureShowsTheOverview() throws Exception {
        flow("website-leads", "customerly-create-lead-sink");
        flow("crm-accounts", "salesloft-create-person-sink");
        take("website-leads", "{\"email\": \"ana@example.com\"}");
        take("crm-accounts", "{\"email_address\": \"ana@example.com\"}");
        browser.open("/?period=1h").find("#attention-setup-website-leads");
        browser.find("#attention-failing-crm-accounts");
        browser.find("#chart .uplot");
        new WebDriverWait(browser.driver(), PATIENCE)
                .until(now -> !browser.text("#tile-delivered .v").equals("0"));
        byte[] picture = browser.picture(WIDTH, HEIGHT);
        if (GeneratedPart.isUpdate()) {
            Files.write(PICTURE, picture);
        }

        BufferedImage committed = ImageIO.read(PICTURE.toFile());
        assertThat(committed).as("%s is a picture", PICTURE).isNotNull();
        assertThat(committed.getWidth()).isEqualTo(WIDTH);
        assertThat(committed.getHeight()).isEqualTo(HEIGHT);
    }

    private static void flow(String id, String template) throws IOException {
        Files.writeString(DemoConsole.flow(id), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:%2$s
                """.formatted(id, template));
    }

    private static void take(String flow, String body) {
        URI intake = URI.create("http://127.0.0.1:" + DemoConsole.program().port() + "/intake/" + flow);
        HttpRequest request = HttpRequest.newBuilder(intake).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)).build();
        await("the intake of " + flow).atMost(PATIENCE).until(
                () -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode() == 202);
    }
}
