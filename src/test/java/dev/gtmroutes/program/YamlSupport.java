// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of Camel that YAML written by a user may use, on a JVM and in a native image. {@code YamlSupportIT} runs flows
 * with each of them, {@code YamlSupportPageTest} compares the list with these flows and with docs/yaml-support.md.
 */
final class YamlSupport {

    /** A sort of part, a section of the page. */
    enum Kind {
        TOP("What a file holds", "entry"), COMPONENT("Components", "begin of the URI"), STEP("Steps", "step"),
        LANGUAGE("Languages", "language"), FUNCTION("Functions of `simple`", "function"),
        DATA_FORMAT("Data formats", "data format"), TYPE("Types for `convertBodyTo`", "type"),
        EXCEPTION("Exceptions for `doCatch` and `onException`", "exception"),
        THROWN("Exceptions for `throwException`", "exception"), BEAN("Classes for `beans`", "class");

        private final String title;
        private final String column;

        Kind(String title, String column) {
            this.title = title;
            this.column = column;
        }
    }

    /** @param use what it is for */
    record Part(Kind kind, String name, String use) {
    }

    static final List<Part> PARTS = List.of(
            part(Kind.TOP, "route", "A flow, or a route that flows of the file call"),
            part(Kind.TOP, "beans", "Java objects with a name"),
            part(Kind.TOP, "onException", "Steps for messages with one of the named exceptions, for all routes of the file"),

            part(Kind.COMPONENT, "bean", "Calls a method of a bean"),
            part(Kind.COMPONENT, "direct", "Calls another route, and waits for it"),
            part(Kind.COMPONENT, "file", "Reads and writes files"),
            part(Kind.COMPONENT, "http", "Sends HTTP requests; also `https`"),
            part(Kind.COMPONENT, "kafka", "Reads and writes topics"),
            part(Kind.COMPONENT, "log", "Writes messages to the log"),
            part(Kind.COMPONENT, "seda", "Hands messages to another route through a queue in memory"),
            part(Kind.COMPONENT, "timer", "Starts a route at intervals"),

            part(Kind.STEP, "aggregate", "Collects messages into one"),
            part(Kind.STEP, "bean", "Calls a method of a bean"),
            part(Kind.STEP, "choice", "Takes the first of several ways whose condition is true"),
            part(Kind.STEP, "convertBodyTo", "Converts the body to another type"),
            part(Kind.STEP, "delay", "Waits"),
            part(Kind.STEP, "doTry", "Catches exceptions of its steps, with `doCatch` and `doFinally`"),
            part(Kind.STEP, "enrich", "Asks another endpoint for data"),
            part(Kind.STEP, "filter", "Lets messages through for which a condition is true"),
            part(Kind.STEP, "idempotentConsumer", "Lets each message through once"),
            part(Kind.STEP, "log", "Writes a line to the log"),
            part(Kind.STEP, "loop", "Repeats its steps"),
            part(Kind.STEP, "marshal", "Writes the body in a data format"),
            part(Kind.STEP, "multicast", "Sends the same message to several endpoints"),
            part(Kind.STEP, "recipientList", "Sends the message to endpoints that an expression names"),
            part(Kind.STEP, "removeHeader", "Removes a header"),
            part(Kind.STEP, "removeHeaders", "Removes headers by a pattern"),
            part(Kind.STEP, "removeProperty", "Removes an exchange property"),
            part(Kind.STEP, "removeVariable", "Removes a variable"),
            part(Kind.STEP, "setBody", "Sets the body"),
            part(Kind.STEP, "setHeader", "Sets a header"),
            part(Kind.STEP, "setHeaders", "Sets several headers"),
            part(Kind.STEP, "setProperty", "Sets an exchange property"),
            part(Kind.STEP, "setVariable", "Sets a variable"),
            part(Kind.STEP, "split", "Handles the parts of a message one by one"),
            part(Kind.STEP, "stop", "Ends the route for this message"),
            part(Kind.STEP, "throttle", "Limits how many messages pass in a period"),
            part(Kind.STEP, "throwException", "Ends the route with an exception"),
            part(Kind.STEP, "to", "Sends the message to an endpoint"),
            part(Kind.STEP, "toD", "Sends the message to an endpoint whose URI is a `simple` expression; not to a Kamelet"),
            part(Kind.STEP, "transform", "Replaces the body"),
            part(Kind.STEP, "unmarshal", "Reads the body in a data format"),
            part(Kind.STEP, "wireTap", "Sends a copy to an endpoint, and goes on"),

            part(Kind.LANGUAGE, "constant", "The text itself"),
            part(Kind.LANGUAGE, "exchangeProperty", "The value of an exchange property"),
            part(Kind.LANGUAGE, "header", "The value of a header"),
            part(Kind.LANGUAGE, "method", "The result of a method of a bean"),
            part(Kind.LANGUAGE, "simple", "A text with functions, see below"),
            part(Kind.LANGUAGE, "tokenize", "The parts of the body between separators"),
            part(Kind.LANGUAGE, "variable", "The value of a variable"),

            part(Kind.FUNCTION, "body", "The body, one of its values (`${body[name]}`), or the result of a method "
                    + "of texts, numbers, lists and maps (`${body.size()}`)"),
            part(Kind.FUNCTION, "date", "A date and time: `${date:now:yyyy-MM-dd}`"),
            part(Kind.FUNCTION, "env", "An environment variable: `${env:NAME}`"),
            part(Kind.FUNCTION, "exception", "The exception that was caught: `${exception.message}`"),
            part(Kind.FUNCTION, "exchangeProperty", "An exchange property: `${exchangeProperty.name}`"),
            part(Kind.FUNCTION, "file", "What is known of the file that was read: `${file:name}`"),
            part(Kind.FUNCTION, "header", "A header: `${header.name}`"),
            part(Kind.FUNCTION, "properties", "A setting: `${properties:name}`"),
            part(Kind.FUNCTION, "random", "A random number: `${random(1,10)}`"),
            part(Kind.FUNCTION, "routeId", "The id of the route"),
            part(Kind.FUNCTION, "uuid", "A random id"),
            part(Kind.FUNCTION, "variable", "A variable: `${variable.name}`"),

            part(Kind.DATA_FORMAT, "json", "JSON, with `library: Jackson`"),

            part(Kind.TYPE, "String", "Text"),
            part(Kind.TYPE, "byte[]", "Bytes"),
            part(Kind.TYPE, "Integer", "A whole number"),

            part(Kind.EXCEPTION, "com.fasterxml.jackson.core.JsonProcessingException", "The body is not JSON"),
            part(Kind.EXCEPTION, "java.io.IOException", "Reading or writing failed"),
            part(Kind.EXCEPTION, "java.lang.Exception", "Any error"),
            part(Kind.EXCEPTION, "java.lang.IllegalArgumentException", "A value is wrong"),
            part(Kind.EXCEPTION, "java.lang.IllegalStateException", "Something is not possible now"),
            part(Kind.EXCEPTION, "java.lang.RuntimeException", "Any error in a program"),
            part(Kind.EXCEPTION, "java.net.ConnectException", "No connection"),
            part(Kind.EXCEPTION, "java.net.SocketTimeoutException", "No response in time"),
            part(Kind.EXCEPTION, "java.net.UnknownHostException", "No host of this name"),
            part(Kind.EXCEPTION, "java.util.concurrent.TimeoutException", "No result in time"),
            part(Kind.EXCEPTION, "javax.net.ssl.SSLException", "No secure connection"),
            part(Kind.EXCEPTION, "org.apache.camel.RuntimeCamelException", "An error that Camel wraps"),
            part(Kind.EXCEPTION, "org.apache.camel.TypeConversionException", "The value cannot be converted"),
            part(Kind.EXCEPTION, "org.apache.camel.http.base.HttpOperationFailedException",
                    "The response has an error status"),

            part(Kind.THROWN, "java.io.IOException", ""), part(Kind.THROWN, "java.lang.Exception", ""),
            part(Kind.THROWN, "java.lang.IllegalArgumentException", ""),
            part(Kind.THROWN, "java.lang.IllegalStateException", ""),
            part(Kind.THROWN, "java.lang.RuntimeException", ""), part(Kind.THROWN, "java.net.ConnectException", ""),
            part(Kind.THROWN, "java.net.SocketTimeoutException", ""), part(Kind.THROWN, "java.net.UnknownHostException", ""),
            part(Kind.THROWN, "java.util.concurrent.TimeoutException", ""),
            part(Kind.THROWN, "javax.net.ssl.SSLException", ""),
            part(Kind.THROWN, "org.apache.camel.RuntimeCamelException", ""),

            part(Kind.BEAN, "java.util.concurrent.atomic.AtomicLong", "A counter"),
            part(Kind.BEAN, "org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy",
                    "For `aggregate`: a list of the bodies"),
            part(Kind.BEAN, "org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository",
                    "For `idempotentConsumer`: remembers in memory which messages came"));

    private YamlSupport() {
    }

    private static Part part(Kind kind, String name, String use) {
        return new Part(kind, name, use);
    }

    /** The names of the parts of a kind. */
    static Set<String> names(Kind kind) {
        return of(kind).map(Part::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Part> of(Kind kind) {
        return PARTS.stream().filter(part -> part.kind == kind);
    }

    /** A flow for each exception that may be thrown. It is sent to the server as it was caught. */
    static String throwingFlows() {
        StringBuilder flows = new StringBuilder();
        for (String exception : names(Kind.THROWN)) {
            flows.append("""
                    - route:
                        id: throws-%1$s
                        from:
                          uri: timer:throws-%1$s
                          parameters: {repeatCount: 1, delay: 1}
                          steps:
                            - doTry:
                                steps:
                                  - throwException: {exceptionType: %2$s, message: thrown}
                                doCatch:
                                  - exception: [%2$s]
                                    steps:
                                      - setBody: {simple: "${exception.message}"}
                                      - to: {uri: "{{server}}/thrown/%2$s"}
                    """.formatted(exception.replace('.', '-'), exception));
        }
        return flows.toString();
    }

    /** The tables of docs/yaml-support.md. */
    static String tables() {
        StringBuilder tables = new StringBuilder();
        for (Kind kind : Kind.values()) {
            boolean isTold = of(kind).anyMatch(part -> !part.use.isEmpty());
            tables.append("\n## ").append(kind.title).append("\n\n| ").append(kind.column)
                    .append(isTold ? " | use |\n|---|---|\n"
                            : " |\n|---|\n");
            of(kind).forEach(part -> tables.append("| `").append(part.name).append("` |")
                    .append(isTold ? " " + part.use + " |\n" : "\n"));
        }
        return tables.append('\n').toString();
    }
}
