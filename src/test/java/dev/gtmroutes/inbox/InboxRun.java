// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import dev.gtmroutes.LeftBehind;
import dev.gtmroutes.PlainCamel;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;

/** A flow that takes files from an inbox and gives each to a step of the test, and what is logged meanwhile. */
final class InboxRun extends Handler implements AutoCloseable {

    static final String FLOW = "inbox-run";

    final List<String> taken = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<LogRecord> log = new ConcurrentLinkedQueue<>();
    private final DefaultCamelContext camel = PlainCamel.create();
    private final Path directory;
    private final Properties settings = new Properties();

    InboxRun(Path data, Processor step) throws Exception {
        directory = Files.createDirectories(data.resolve("inbox").resolve(FLOW));
        Logger.getLogger("").addHandler(this);
        settings.setProperty("gtm.data", data.toString());
        settings.setProperty("gtm.inbox.quiet", "300ms");
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:inbox-source?flow=" + FLOW).routeId(FLOW).process(exchange -> {
                    LeftBehind.assertNothing(exchange);
                    taken.add(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
                    step.process(exchange);
                });
            }
        });
    }

    InboxRun unfinished(String names) {
        settings.setProperty("gtm.inbox.unfinished", names);
        return this;
    }

    InboxRun start() {
        camel.start();
        return this;
    }

    /** What has it look into the inbox. */
    SteadyScheduler scheduler() {
        return (SteadyScheduler) camel.getRoutes().stream().map(Route::getConsumer)
                .filter(ScheduledPollConsumer.class::isInstance).map(ScheduledPollConsumer.class::cast).findFirst()
                .orElseThrow().getScheduler();
    }

    Path inbox() {
        return directory;
    }

    Path drop(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    boolean isDone(String name) {
        return Files.exists(directory.resolve(".done").resolve(name));
    }

    /** Warnings and worse with this text. */
    List<String> warnings(String text) {
        return log.stream().filter(each -> each.getLevel().intValue() >= 900).map(LogRecord::getMessage)
                .filter(each -> each != null && each.contains(text)).toList();
    }

    /** Lines of any level with this text. */
    List<String> told(String text) {
        return log.stream().map(LogRecord::getMessage).filter(each -> each != null && each.contains(text)).toList();
    }

    /** How many stack traces were logged. */
    long traces() {
        return log.stream().filter(each -> each.getThrown() != null).count();
    }

    @Override
    public void publish(LogRecord entry) {
        log.add(entry);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
        camel.stop();
    }
}
