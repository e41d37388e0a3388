// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The icon that tools show for a vendor's Kamelets: a disk of its color. */
final class Icon {

    private Icon() {
    }

    /** As a YAML scalar. */
    static String of(String color) {
        String image = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 2\">"
                + "<circle cx=\"1\" cy=\"1\" r=\"1\" fill=\"" + color + "\"/></svg>";
        return "\"data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(image.getBytes(StandardCharsets.US_ASCII))
                + "\"";
    }
}
