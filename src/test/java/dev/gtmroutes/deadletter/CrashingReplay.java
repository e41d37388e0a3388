// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

import dev.gtmroutes.disk.Disk;

/**
 * Replays all dead letters of the flow "calls" and, as kill -9 would, ends before something is made durable. Arguments:
 * the data directory, and before how many such steps to end.
 */
final class CrashingReplay extends Disk {

    static final int CRASHED = 77;

    private int left;

    private CrashingReplay(int left) {
        this.left = left;
    }

    public static void main(String... arguments) throws Exception {
        CrashingReplay disk = new CrashingReplay(Integer.parseInt(arguments[1]));
        new DeadLetterStore(Path.of(arguments[0]), disk).flow("calls").replay(DeadLetterSelection.ALL, false,
                (id, why) -> {});
    }

    private void step() {
        if (left-- == 0) {
            Runtime.getRuntime().halt(CRASHED);
        }
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
        if (left == 0) {
            // Half of it gets there.
            super.write(file, bytes.slice(bytes.position(), bytes.remaining() / 2));
        }
        step();
        super.write(file, bytes);
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        step();
        super.sync(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        step();
        super.syncFolder(folder);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step();
        super.move(from, to);
    }
}
