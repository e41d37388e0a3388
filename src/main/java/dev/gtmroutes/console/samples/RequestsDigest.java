package dev.gtmroutes.console.samples;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import dev.gtmroutes.delivery.sample.SampleRequest;

/** Tells whether requests are still those that somebody has seen. */
final class RequestsDigest {

    private RequestsDigest() {
    }

    /** @return of their methods, URLs and bodies */
    static String of(List<SampleRequest> requests) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (SampleRequest each : requests) {
                String line = each.method() + " " + each.url() + " " + each.body().length + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
                digest.update(each.body());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
