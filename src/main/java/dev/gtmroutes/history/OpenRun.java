// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;

import dev.gtmroutes.delivery.status.InputCounts;
import dev.gtmroutes.delivery.status.RunName;

/** A run that is not over. For one thread at a time. */
final class OpenRun {

    private String flow;
    private String route;
    private final String destination;
    private final RunName name;
    private final boolean deferred;
    private final Instant begin;
    private Instant last;
    private InputCounts counts = InputCounts.NONE;
    private long inputs;
    private int inWork;
    private boolean waits;
    private boolean complete;

    OpenRun(String flow, String route, String destination, RunName name, boolean deferred, Instant begin) {
        this.flow = flow;
        this.route = route;
        this.destination = destination;
        this.name = new RunName(RunText.cut(name.text()), RunText.cut(name.key()), name.span());
        this.deferred = deferred;
        this.begin = begin;
        this.last = begin;
    }

    /** Different for each open run. */
    String key() {
        return key(route, name, begin);
    }

    /** The key of the run that an input belongs to now. */
    static String key(String route, RunName name, Instant now) {
        String key = route + '\n' + RunText.cut(name.key());
        return name.span() == RunName.Span.HOUR ? key + '\n' + Grain.HOUR.number(now) : key;
    }

    /** Its flow has another name now. */
    void rename(String name) {
        route = route.startsWith(flow + ":") ? name + route.substring(flow.length()) : route;
        flow = name;
    }

    String flow() {
        return flow;
    }

    String route() {
        return route;
    }

    RunName name() {
        return name;
    }

    Instant begin() {
        return begin;
    }

    Instant last() {
        return last;
    }

    boolean isInWork() {
        return inWork > 0;
    }

    boolean waits() {
        return waits;
    }

    /** Whether nothing more comes, and every record has its outcome. */
    boolean isComplete() {
        return complete && inWork == 0;
    }

    void opened(Instant now) {
        inputs++;
        resumed(now);
    }

    /** An input of it is in work; it is counted already. */
    void resumed(Instant now) {
        inWork++;
        waits = false;
        last = now;
    }

    /** @param again whether the source brings the input again */
    void closed(Instant now, boolean again) {
        left(now);
        waits = again;
        complete = !again && (complete || name.span() == RunName.Span.INPUT);
        inputs -= again ? 1 : 0;
    }

    /** What is in work belongs to another run from now on. */
    void left(Instant now) {
        inWork--;
        last = now;
    }

    /** The source has no more inputs for it. */
    void ended() {
        complete = true;
    }

    void add(InputCounts more) {
        counts = counts.plus(more);
    }

    /** @param end null while it is not over */
    Run run(Instant end) {
        Run.State state = end != null ? Run.State.DONE : waits && inWork == 0 ? Run.State.WAITING : Run.State.IN_WORK;
        return new Run(flow, destination, name.text(), begin, end, counts.read(), deferred ? null : counts.delivered(),
                counts.unchanged(), deferred ? null : counts.rejected(), deferred ? null : counts.held(),
                Math.max(1, inputs), state);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(flow);
        out.writeUTF(route);
        out.writeUTF(destination);
        out.writeUTF(name.text());
        out.writeUTF(name.key());
        out.writeByte(name.span().ordinal());
        out.writeBoolean(deferred);
        // What was read and has no outcome is read again.
        Varint.write(out, begin.toEpochMilli(), last.toEpochMilli(), counts.outcomes(), counts.delivered(),
                counts.unchanged(), counts.rejected(), counts.held(), Math.max(0, inputs - inWork));
    }

    /** As it was when the program ended: what was in work comes again. */
    static OpenRun read(DataInputStream in) throws IOException {
        String flow = in.readUTF();
        String route = in.readUTF();
        String destination = in.readUTF();
        RunName name = new RunName(in.readUTF(), in.readUTF(), RunName.Span.values()[in.readUnsignedByte()]);
        OpenRun run = new OpenRun(flow, route, destination, name, in.readBoolean(), Instant.ofEpochMilli(Varint.read(in)));
        run.last = Instant.ofEpochMilli(Varint.read(in));
        run.counts = new InputCounts(Varint.read(in), Varint.read(in), Varint.read(in), Varint.read(in), Varint.read(in));
        run.inputs = Varint.read(in);
        run.waits = name.span() == RunName.Span.INPUT;
        return run;
    }
}
