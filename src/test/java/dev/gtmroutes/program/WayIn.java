// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.util.Optional;

import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleForm;
import dev.gtmroutes.samples.SampleForm.Input;

/** How records get into the running program: where they are handed over, and in which form. */
enum WayIn {

    INBOX_NDJSON(SampleForm.NDJSON, Door.INBOX),
    INBOX_JSON_ARRAY(SampleForm.JSON_ARRAY, Door.INBOX),
    INBOX_PRETTY_OBJECT(SampleForm.PRETTY_OBJECT, Door.INBOX),
    INBOX_CSV(SampleForm.CSV, Door.INBOX),
    INTAKE_JSON_ARRAY(SampleForm.JSON_ARRAY, Door.INTAKE),
    INTAKE_NDJSON(SampleForm.NDJSON, Door.INTAKE),
    INTAKE_CSV(SampleForm.CSV, Door.INTAKE),
    KAFKA(SampleForm.NDJSON, Door.KAFKA);

    /** Where records are handed over. */
    enum Door {

        /** A file in the inbox. */
        INBOX {
            @Override
            void hand(Input input, WayIn way, String flow, int number, SampleProgram program) {
                program.data().drop(flow, way.fileName(number), input.text());
            }
        },

        /** The inbox as well, but by HTTP. */
        INTAKE {
            @Override
            void hand(Input input, WayIn way, String flow, int number, SampleProgram program) throws Exception {
                program.api().intake(flow, way.form.contentType(), input.text());
            }
        },

        /** A topic, with a flow of its own that reads it. */
        KAFKA {
            @Override
            void hand(Input input, WayIn way, String flow, int number, SampleProgram program) {
                program.topics().send(flow, input.text().lines().toList());
            }
        };

        abstract void hand(Input input, WayIn way, String flow, int number, SampleProgram program) throws Exception;
    }

    private final SampleForm form;
    private final Door door;

    WayIn(SampleForm form, Door door) {
        this.form = form;
        this.door = door;
    }

    SampleForm form() {
        return form;
    }

    Door door() {
        return door;
    }

    /**
     * The case as this way can hold it; empty if it cannot. Each consumer of Kafka takes long to start, so only the first
     * case of a template comes by a topic, and what a manual destination sends without a body.
     */
    Optional<Sample> held(Sample sample) {
        boolean wanted = door != Door.KAFKA || sample.isFirst() || sample.isManual() && sample.isBodyless();
        return wanted ? form.held(sample) : Optional.empty();
    }

    /** Whether records of different inputs may come to lie in the same file, so that lines are not those of the input. */
    boolean keepsLines() {
        return door == Door.INBOX;
    }

    /** The name of a file, by which it is told apart from those of other ways. */
    String fileName(int number) {
        return name().toLowerCase(java.util.Locale.ROOT) + "-" + number + "." + form.ending();
    }
}
