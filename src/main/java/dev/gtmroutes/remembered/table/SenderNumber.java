// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered.table;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

import dev.gtmroutes.disk.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number by which other programs know this one. It is the same as long as the data directory is: what was in flight at a
 * crash belongs to this program. A copy of the directory, on another machine or at another path, gets another number: two
 * programs with one number would take each other's records for their own.
 */
final class SenderNumber {

    private static final Logger LOG = LoggerFactory.getLogger(SenderNumber.class);

    private final Path file;
    private long number;

    /** @param data the data directory */
    SenderNumber(Path data) {
        this.file = data.resolve("state").resolve("only-changed-sender").toAbsolutePath().normalize();
    }

    /** @return not 0 */
    synchronized long get() throws IOException {
        if (number == 0) {
            String place = host() + " " + file;
            long saved = saved(place);
            long mine = saved == 0 ? new SecureRandom().nextLong() >>> 1 | 1 : saved;
            Disk disk = new Disk();
            disk.createFolder(file.getParent());
            disk.replace(file, (HexFormat.of().toHexDigits(mine) + "\n" + place + "\n").getBytes(StandardCharsets.UTF_8));
            number = mine;
        }
        return number;
    }

    /** @return 0 if there is none, or it belongs to another place. Earlier versions of the program noted no place */
    private long saved(String place) throws IOException {
        if (Files.notExists(file)) {
            return 0;
        }
        String[] text = Files.readString(file, StandardCharsets.UTF_8).strip().split("\n", 2);
        if (!text[0].matches("[0-9a-f]{16}")) {
            return 0;
        }
        if (text.length > 1 && !text[1].equals(place)) {
            LOG.info("the data directory is a copy of another one, or the machine has another name now: Only Changed takes "
                    + "this program for another one than before");
            return 0;
        }
        return HexFormat.fromHexDigitsToLong(text[0]);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
