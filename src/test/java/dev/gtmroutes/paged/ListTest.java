// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of lists have in common: an API for each test, and flows that read from it. */
abstract class ListTest {

    @TempDir
    Path data;

    ListServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ListServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    ListFlow flow(String parameters) throws Exception {
        return new ListFlow(data, server, parameters, ListFlow.TAKE);
    }

    static List<Long> ids(int records) {
        return ids(1, records);
    }

    static List<Long> ids(int from, int to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
