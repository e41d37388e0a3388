// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Runs as they are in the {@link HistoryFile}. */
final class RunText {

    private static final int FORMAT = 1;
    private static final int MOST_CHARS = 1000;

    private RunText() {
    }

    static byte[] write(Run run) {
        return bytes(out -> {
            out.writeUTF(cut(run.destination()));
            out.writeUTF(cut(run.input()));
            Varint.write(out, run.begin().toEpochMilli(), run.end() == null ? 0 : run.end().toEpochMilli(), run.read(),
                    plusOne(run.delivered()), run.unchanged(), plusOne(run.rejected()), plusOne(run.held()), run.inputs());
        });
    }

    /** @return null if the bytes are of another version of the program */
    static Run read(String flow, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readUnsignedByte() != FORMAT) {
                return null;
            }
            String destination = in.readUTF();
            String input = in.readUTF();
            Instant begin = Instant.ofEpochMilli(Varint.read(in));
            long end = Varint.read(in);
            return new Run(flow, destination, input, begin, end == 0 ? null : Instant.ofEpochMilli(end), Varint.read(in),
                    minusOne(Varint.read(in)), Varint.read(in), minusOne(Varint.read(in)), minusOne(Varint.read(in)),
                    Varint.read(in), end == 0 ? Run.State.WAITING : Run.State.DONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] write(Collection<OpenRun> runs) {
        return bytes(out -> {
            for (OpenRun each : runs) {
                each.write(out);
            }
        });
    }

    /** @param bytes null for none */
    static List<OpenRun> readOpen(byte[] bytes) {
        List<OpenRun> runs = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes == null ? new byte[1] : bytes))) {
            if (in.readUnsignedByte() == FORMAT) {
                while (in.available() > 0) {
                    runs.add(OpenRun.read(in));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return runs;
    }

    private interface Writing {

        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The name of an input may be as long as a source likes. */
    static String cut(String text) {
        return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "…" : text;
    }

    private static long plusOne(Long number) {
        return number == null ? 0 : number + 1;
    }

    private static Long minusOne(long number) {
        return number == 0 ? null : number - 1;
    }
}
