// SPDX-License-Identifier: Apache-2.0
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import com.sun.management.OperatingSystemMXBean;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * The job as a route of Camel's own parts: split the lines of a file, unmarshal, aggregate a hundred, marshal, send. For
 * each line on the standard input it sends the file once, and prints the milliseconds of processor time that it took.
 *
 * <p>Usage: java PlainRoute FILE URL
 */
public class PlainRoute {

    private static volatile CountDownLatch done;

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        Path inbox = Files.createTempDirectory(file.getParent(), "inbox");
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(route(inbox, args[1]));
            camel.start();
            for (int i = 0; System.in.read() == '\n'; i++) {
                done = new CountDownLatch(1);
                long before = system.getProcessCpuTime();
                Files.createLink(inbox.resolve(i + ".ndjson"), file);
                done.await();
                System.out.println((system.getProcessCpuTime() - before) / 1_000_000);
            }
        }
    }

    private static RouteBuilder route(Path inbox, String url) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?delete=true&readLock=none&delay=100")
                        .split(body().tokenize("\n")).streaming()
                        .unmarshal().json(JsonLibrary.Jackson, Map.class)
                        .aggregate(constant(true), AggregationStrategies.groupedBody())
                        .completionSize(100).completionTimeout(1000)
                        .marshal().json(JsonLibrary.Jackson)
                        .removeHeaders("*")
                        .setHeader(Exchange.HTTP_METHOD, constant("PUT"))
                        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                        .to(url)
                        .end()
                        .end()
                        .process(exchange -> done.countDown());
            }
        };
    }
}
