// SPDX-License-Identifier: Apache-2.0
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;

/**
 * What somebody would write who has a file to send and nothing to lose: Jackson, the JDK's HTTP client, one thread, no
 * accounting. For each line on the standard input it sends the file once, and prints the milliseconds of processor time
 * that it took.
 *
 * <p>Usage: java RawLoop FILE URL
 */
public class RawLoop {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static void main(String[] args) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        while (System.in.read() == '\n') {
            long before = system.getProcessCpuTime();
            send(new File(args[0]), URI.create(args[1]));
            System.out.println((system.getProcessCpuTime() - before) / 1_000_000);
        }
    }

    private static void send(File file, URI url) throws Exception {
        List<Map<String, Object>> batch = new ArrayList<>(100);
        try (MappingIterator<Map<String, Object>> records = JSON.readerFor(Map.class).readValues(file)) {
            while (records.hasNext()) {
                batch.add(records.next());
                if (batch.size() == 100 || !records.hasNext()) {
                    HttpResponse<Void> answer = CLIENT.send(HttpRequest.newBuilder(url)
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(batch))).build(),
                            BodyHandlers.discarding());
                    if (answer.statusCode() != 200) {
                        throw new IllegalStateException("answered " + answer.statusCode());
                    }
                    batch.clear();
                }
            }
        }
    }
}
