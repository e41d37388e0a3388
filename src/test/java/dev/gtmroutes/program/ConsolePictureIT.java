// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

import dev.gtmroutes.docs.GeneratedPart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The picture of the console in the README: the form of a flow, and the requests that the flow would send. Fonts differ
 * between machines, so only its size and the page itself are compared. {@code -Ddocs.update=true} takes a new picture.
 */
@Tag("browser")
class ConsolePictureIT {

    private static final Path PICTURE = Path.of("docs/console.png");
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 840;

    private final Browser browser = DemoConsole.browser();

    @Test
    void thePictureShowsAFlowAndItsRequests() throws IOException {
        browser.open("/flows/calls/edit").awaitText("Credentials are shown as ***");
        byte[] picture = browser.picture(WIDTH, HEIGHT);
        if (GeneratedPart.isUpdate()) {
            Files.write(PICTURE, picture);
        }

        BufferedImage committed = ImageIO.read(PICTURE.toFile());
        assertThat(committed).as("%s is a picture", PICTURE).isNotNull();
        assertThat(committed.getWidth()).isEqualTo(WIDTH);
        assertThat(committed.getHeight()).isEqualTo(HEIGHT);
    }
}
