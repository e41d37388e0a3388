// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;

import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.deadletter.Refusals;
import dev.gtmroutes.deadletter.Replayed;
import dev.gtmroutes.thread.OutOfMemory;
import dev.gtmroutes.web.Problem;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import org.jboss.logging.Logger;

/** Something that a person does with many dead letters, and how far it is. */
public final class LetterTask implements Runnable {

    private static final Logger LOG = Logger.getLogger(LetterTask.class);
    private static final int MOST_REMARKS = 20;
    /** After this, a page does not look by itself any more. */
    private static final Duration WATCHED = Duration.ofMinutes(10);
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** What is done with dead letters. */
    enum Action {
        REPLAY, DISCARD;

        /** @throws BadRequestException if it is neither */
        static Action of(String sent) {
            return switch (String.valueOf(sent)) {
                case "replay" -> REPLAY;
                case "discard" -> DISCARD;
                default -> throw new BadRequestException("Nothing was done. The action must be replay or discard.");
            };
        }

        AuditAction inAudit() {
            return this == REPLAY ? AuditAction.REPLAYED : AuditAction.DISCARDED;
        }
    }

    private final LetterStore letters;
    private final Action action;
    private final Map<String, DeadLetterSelection> chosen;
    private final boolean held;
    private final ObjLongConsumer<String> audit;
    private final AtomicLong found = new AtomicLong();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<String> remarks = new CopyOnWriteArrayList<>();
    private final List<String> done = new ArrayList<>();
    /** What was handed over, by flow, until it is known what came of it. */
    private final Map<String, Replayed> handed = new LinkedHashMap<>();
    private final Map<String, ReplayOutcome> outcomes = new LinkedHashMap<>();
    private final String id = "task-" + NUMBERS.incrementAndGet();
    private long records;
    private long heldRecords;
    private long leftOut;
    private final Instant begun = Instant.now();
    private volatile boolean ended;

    /**
     * @param chosen which, by flow
     * @param held   whether held letters may be replayed
     * @param audit  gets each flow that it has done, with the number of records
     */
    LetterTask(LetterStore letters, Action action, Map<String, DeadLetterSelection> chosen, boolean held,
            ObjLongConsumer<String> audit) {
        this.letters = letters;
        this.action = action;
        this.chosen = chosen;
        this.held = held;
        this.audit = audit;
    }

    @Override
    public void run() {
        try {
            chosen.forEach(this::run);
            if (!done.isEmpty()) {
                remark(summary());
                LOG.info(summary());
            }
        } finally {
            ended = true;
        }
    }

    private void run(String flow, DeadLetterSelection choice) {
        try {
            long ofOne;
            if (action == Action.DISCARD) {
                ofOne = letters.flow(flow).discard(choice, new Refused(flow));
            } else {
                Replayed replayed = letters.ofExistingFlow(flow).replay(choice, held, new Refused(flow));
                ofOne = replayed.records();
                if (ofOne > 0) {
                    hand(flow, replayed);
                }
                heldRecords += replayed.held();
                leftOut += replayed.leftOut();
                if (ofOne > 0 && letters.presence(flow) == FlowPresence.NOT_LOADED) {
                    remark("The flow " + flow + " is not loaded: its records wait in its inbox until it is.");
                }
            }
            records += ofOne;
            audit.accept(flow, ofOne);
            done.add(flow);
        } catch (NotFoundException e) {
            remark("Nothing was done for " + flow + ": it has no dead letters.");
        } catch (LetterRefusedException e) {
            remark(Problem.sentence("Nothing was done for " + flow + ": " + e.getMessage()));
        } catch (Throwable e) {
            OutOfMemory.check(e);
            LOG.errorf(e, "A task for the dead letters of %s failed", flow);
            remark("Failed for " + flow + ". The log of the program contains the reason.");
        }
    }

    private synchronized void hand(String flow, Replayed replayed) {
        handed.put(flow, replayed);
        outcomes.put(flow, ReplayOutcome.WAITING);
    }

    /** Looks what came of the records by now. What is known is not looked at again. */
    synchronized void look(ReplayOutcomes known) throws IOException {
        for (Map.Entry<String, Replayed> each : handed.entrySet()) {
            if (outcomes.get(each.getKey()).isWaiting()) {
                outcomes.put(each.getKey(), known.of(each.getKey(), each.getValue(), begun));
            }
        }
    }

    /** By flow, what came of the records; empty if nothing was replayed. */
    public synchronized Map<String, ReplayOutcome> outcomes() {
        return new LinkedHashMap<>(outcomes);
    }

    /** Whether a page is to look again soon. */
    public synchronized boolean isWatched() {
        return !ended || outcomes.values().stream().anyMatch(ReplayOutcome::isWaiting)
                && begun.isAfter(Instant.now().minus(WATCHED));
    }

    /** All that is known of it, in one line. */
    public String words() {
        return String.join(" ", remarks) + outcomes().entrySet().stream()
                .map(each -> " " + each.getKey() + ": " + each.getValue().words() + ".").collect(Collectors.joining());
    }

    /** Whether something was not done, or not as it was meant. */
    public boolean isBad() {
        return refused.get() > 0 || outcomes().values().stream().anyMatch(ReplayOutcome::isBad) || ended && done.isEmpty();
    }

    /** Such as {@code task-3}. */
    public String id() {
        return id;
    }

    private String summary() {
        String flows = done.size() == 1 ? "flow " + done.get(0) : done.size() + " flows";
        String count = records + (records == 1 ? " record " : " records ");
        return action == Action.DISCARD ? count + "discarded (" + flows + ")."
                : count + "queued for replay (" + flows + ")."
                        + (heldRecords == 0 ? "" : " Held records among them, which may arrive twice: " + heldRecords + ".")
                        + (leftOut == 0 ? "" : " Held records skipped: " + leftOut + ".");
    }

    private void remark(String text) {
        remarks.add(text);
    }

    private final class Refused implements Refusals {

        private final String flow;

        private Refused(String flow) {
            this.flow = flow;
        }

        @Override
        public void refused(LetterId letter, String why) {
            if (refused.getAndIncrement() < MOST_REMARKS) {
                remark(Problem.sentence("Not done: " + flow + " " + letter + ": " + why));
            }
        }

        @Override
        public void found() {
            found.incrementAndGet();
        }
    }

    /** When somebody asked for it. */
    public Instant begun() {
        return begun;
    }

    /** Whether it is over. */
    public boolean isEnded() {
        return ended;
    }

    /** Such as {@code Replaying}. */
    public String title() {
        return action == Action.REPLAY ? "Replaying" : "Discarding";
    }

    /** How many letters it has come to so far. */
    public long found() {
        return found.get();
    }

    /** What was done, and what could not be. */
    public List<String> remarks() {
        return remarks;
    }

    /** How many letters it could not be done with, beyond those that the remarks name. */
    public int moreRefused() {
        return Math.max(0, refused.get() - MOST_REMARKS);
    }
}
