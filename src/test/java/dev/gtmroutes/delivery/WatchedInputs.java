// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.List;

import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.InputWatch;
import dev.gtmroutes.delivery.status.RunName;
import dev.gtmroutes.progress.InputProgress;
import org.apache.camel.CamelContext;

/** Inputs of a destination that sends nothing: a test says what becomes of their records. */
public final class WatchedInputs {

    private final DestinationStatus destination = new DestinationStatus();
    private final InputWatch watch;

    /** @param flow id of the flow, and of the route */
    public WatchedInputs(CamelContext camel, String flow, InputWatch watch) {
        destination.setCamelContext(camel);
        destination.setRouteId(flow);
        destination.setTemplate("people-ai-request-sink");
        this.watch = watch;
    }

    public DestinationStatus destination() {
        return destination;
    }

    /** An input that is a run of its own. */
    public Input open(String name) {
        return open(name, new RunName(name, name, RunName.Span.INPUT));
    }

    public Input open(String name, RunName run) {
        InputProgress settled = new InputProgress();
        InputProgress.DestinationKey place = new InputProgress.DestinationKey(destination.id(), destination.template());
        settled.begin(place, List.of(place));
        Input input = new Input(destination, destination.id(), name, () -> true, new DestinationProgress(settled, place));
        input.setRun(run);
        watch.opened(input);
        return input;
    }

    /** So many records are read, and most are unchanged. */
    public void read(Input input, int read, int unchanged) {
        for (int i = 0; i < read; i++) {
            input.countRead();
        }
        input.unchanged(unchanged);
    }

    /** The flow is stopped while some records have no outcome. */
    public void keep(Input input) {
        input.keep("the flow was stopped", null);
        watch.closed(input);
    }

    public void close(Input input) {
        watch.closed(input);
    }
}
