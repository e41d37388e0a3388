// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.credential.MissingCredentialException;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.changed.OpenForms;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.export.Exports;
import dev.gtmroutes.export.fragment.TaskSpools;
import dev.gtmroutes.flow.FlowLoader.Loaded;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.flow.files.LoadProblem;
import dev.gtmroutes.outbox.Outboxes;
import dev.gtmroutes.paged.PagedReads;
import dev.gtmroutes.parameter.RouteChanges;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

/**
 * What runs by one file of flows, and what should. An edit is taken over beside those of other files; edits that come
 * meanwhile are taken over together afterwards.
 */
final class RunningFlow {

    private static final Logger LOG = Logger.getLogger(RunningFlow.class);

    /**
     * What the file wants.
     *
     * @param version  null where the file is gone, or has a mistake
     * @param flows    ids of the flows that it declares
     * @param mistakes of the file and of the Kamelets that it uses, which keep others from running
     * @param warnings of the file
     * @param saved    whether none of its flows is to run before somebody starts it
     */
    record Wish(Path path, FlowVersion version, Set<String> flows, List<String> mistakes, List<String> warnings,
            boolean saved) {

        static Wish gone(Path path) {
            return new Wish(path, null, Set.of(), List.of(), List.of(), false);
        }

        boolean isGone() {
            return version == null && mistakes.isEmpty();
        }
    }

    private final CamelContext camel;
    private final FlowLoader loader;
    private final FlowSwitch switches;
    private volatile Wish wish;
    private volatile Set<String> declared = Set.of();
    private volatile Loaded running;
    private volatile FlowFile shown;
    private FlowVersion failed;
    private String failure = "";
    private boolean failedForId;
    private volatile boolean failedForCredential;
    private final AtomicBoolean tryAgain = new AtomicBoolean();
    private Instant loadedAt = Instant.now();
    /** Whether each flow ran when all were {@link #release released}; null while they are not. */
    private Map<String, Boolean> released;
    private Loaded beforeRelease;

    RunningFlow(CamelContext camel, FlowLoader loader, FlowSwitch switches) {
        this.camel = camel;
        this.loader = loader;
        this.switches = switches;
    }

    /** Says what should run. It does once {@link #settle} has returned. */
    void want(Wish wanted) {
        if (!wanted.isGone()) {
            declared = wanted.flows;
        }
        wish = wanted;
    }

    /** What came of the file; null before anything did, and after it was deleted. */
    FlowFile shown() {
        return shown;
    }

    /** Whether the file is in order, and none of its flows is to run. */
    boolean isOnlySaved() {
        return wish.saved && wish.mistakes.isEmpty();
    }

    /** Whether the file is gone and nothing of it is left. */
    boolean isOver() {
        return wish.isGone() && shown == null;
    }

    /** What runs; null if nothing does. */
    Loaded running() {
        return running;
    }

    /**
     * Makes run what should.
     *
     * @return whether flows are gone that ran before, so that others may have their ids
     */
    synchronized boolean settle() {
        if (released != null) {
            return false;
        }
        Set<String> before = new HashSet<>(flows());
        Wish now;
        do {
            now = wish;
            if (now.isGone()) {
                end();
                shown = null;
            } else {
                show(now, take(now));
            }
        } while (now != wish);
        before.removeAll(flows());
        before.forEach(this::forget);
        forgetGone(before, now);
        return !before.isEmpty();
    }

    /** Ends what runs and keeps all that is stored of it. From then on nothing runs by this, until it comes back. */
    synchronized void release() {
        List<String> flows = flows();
        beforeRelease = running;
        released = new HashMap<>();
        flows.forEach(each -> released.put(each, switches.isRunning(each)));
        switches.hold(flows, this::remove);
        flows.forEach(each -> {
            forget(each);
            OpenForms.close(camel, each);
        });
    }

    /** What was released runs again, paused if it was. */
    synchronized void comeBack() {
        Map<String, Boolean> ran = released;
        released = null;
        if (beforeRelease != null) {
            switches.hold(beforeRelease.flows(), () -> comesBack(beforeRelease.version(), beforeRelease, ran));
        }
        show(wish, take(wish));
    }

    /** A file that has a mistake keeps its flows from running, but they are not gone. */
    private void forgetGone(Set<String> ended, Wish now) {
        Set<String> gone = new HashSet<>(now.isGone() || running != null ? ended : Set.of());
        if (now.isGone()) {
            gone.addAll(declared);
        }
        gone.stream().filter(each -> camel.getRoute(each) == null).forEach(flow -> {
            DestinationRegistry.of(camel).forget(each -> Outboxes.isDelivery(flow, each));
            OpenForms.forget(camel, flow);
        });
    }

    private void forget(String flow) {
        PagedReads.forget(camel, flow);
        Exports.forget(camel, flow);
        TaskSpools.forget(camel, flow);
    }

    private List<String> flows() {
        return running == null ? List.of() : running.flows();
    }

    /** @return what is wrong */
    private List<String> take(Wish now) {
        List<String> problems = new ArrayList<>(now.mistakes);
        if (now.version == null || running != null && now.version.doesTheSameAs(running.version())) {
            return problems;
        }
        // What has failed fails again, unless it was only that somebody else had its place.
        boolean sharedAreOthers = running == null && failed != null && !now.version.shared().equals(failed.shared());
        // Before it loads: what is stored while it does may have come too late for it.
        boolean again = tryAgain.getAndSet(false);
        if (failedForId || failedForCredential && again || sharedAreOthers || !now.version.doesTheSameAs(failed)) {
            failed = null;
            failedForId = false;
            failedForCredential = false;
            exchange(now.version);
        }
        if (failed != null) {
            problems.add(failure);
        }
        return problems;
    }

    /**
     * There may be a credential now that was missing: the next {@link #settle} tries again what failed without it.
     *
     * @return whether anything did, or may be about to
     */
    boolean tryAgain() {
        tryAgain.set(true);
        // In this order: what fails has failed before its previous version runs.
        return running == null || failedForCredential;
    }

    private void exchange(FlowVersion version) {
        Loaded old = running;
        if (old != null && !canBeParsed(version, old)) {
            return;
        }
        Set<String> flows = new HashSet<>(flows());
        flows.addAll(version.routes());
        switches.hold(flows, () -> {
            Map<String, Boolean> ran = new HashMap<>();
            flows().forEach(each -> ran.put(each, switches.isRunning(each)));
            remove();
            if (RouteChanges.isTooLate(camel)) {
                LOG.infof("Flow %s: the program is being stopped; the edit is taken over when it starts again",
                        version.routes());
                return;
            }
            if (!load(version, old, ran) && old != null) {
                boolean both = !version.text().equals(old.version().text()) && !version.own().equals(old.version().own());
                if (!(both && comesBack(version.withKameletsOf(old.version()), old, ran))
                        && !comesBack(old.version(), old, ran)) {
                    LOG.errorf("Flow %s: stopped, because its previous version cannot be loaded either", old.flows());
                }
            }
        });
    }

    /** What runs goes on running while its successor makes no sense. */
    private boolean canBeParsed(FlowVersion version, Loaded old) {
        try {
            loader.tryParse(version, old);
            return true;
        } catch (Exception e) {
            fail(version, e);
            return false;
        }
    }

    private boolean comesBack(FlowVersion version, Loaded old, Map<String, Boolean> ran) {
        old.flows().forEach(flow -> DestinationRegistry.of(camel).comeBack(each -> Outboxes.isDelivery(flow, each)));
        return load(version, old, ran);
    }

    private boolean load(FlowVersion version, Loaded old, Map<String, Boolean> ran) {
        try {
            running = loader.load(version, old, ran);
            loadedAt = Instant.now();
        } catch (Exception e) {
            if (failed == null) {
                fail(version, e);
            }
            return false;
        }
        for (Map.Entry<String, String> each : running.autoStartup().entrySet()) {
            if (old != null && !each.getValue().equals(old.autoStartup().get(each.getKey()))) {
                switches.forget(each.getKey());
            }
            if (failed == null) {
                DestinationRegistry.of(camel).runs(each.getKey());
                Outboxes.destinations(camel, each.getKey()).forEach(DestinationStatus::runs);
            }
            tell(each.getKey(), old != null && old.autoStartup().containsKey(each.getKey()));
        }
        return true;
    }

    private void tell(String flow, boolean again) {
        if (again) {
            LOG.infof("Flow %s: %s", flow, failed == null ? "continues with the edited version"
                    : "continues with its previous version");
            return;
        }
        boolean started = camel.getRouteController().getRouteStatus(flow).isStarted();
        LOG.infof("Flow %s: %s", flow, started ? "started" : "saved, not activated (autoStartup: false)");
    }

    private void fail(FlowVersion version, Exception e) {
        failed = version;
        failedForId = e instanceof FlowLoader.TakenException;
        failedForCredential = Exceptions.innermost(e) instanceof MissingCredentialException;
        failure = new LoadProblem(version.path(), Secrets.of(camel)).explain(e);
    }

    private void end() {
        List<String> flows = flows();
        switches.hold(flows, this::remove);
        flows.forEach(each -> LOG.infof("Flow %s: ended, because its file was deleted", each));
    }

    private void remove() {
        Loaded old = running;
        if (old == null) {
            return;
        }
        try {
            loader.drain(old);
        } catch (Exception e) {
            LOG.warnf("Flow %s: did not stop cleanly: %s", old.flows(), e);
        }
        try {
            loader.remove(old);
        } catch (Exception e) {
            LOG.warnf("Flow %s: cannot be removed: %s", old.flows(), e);
        }
        running = null;
    }

    private void show(Wish now, List<String> problems) {
        FlowFile last = shown;
        boolean loaded = running != null;
        shown = new FlowFile(now.path, loaded ? flows() : List.of(FlowFile.stem(now.path)), loaded, List.copyOf(problems),
                now.warnings, loaded ? loadedAt : Instant.now());
        if (last == null || !last.warnings().equals(now.warnings)) {
            now.warnings.forEach(LOG::warn);
        }
        if (last != null && last.problems().equals(problems) && last.isLoaded() == loaded) {
            return;
        }
        problems.forEach(each -> LOG.errorf(loaded ? "Edit not loaded, the flow continues with its previous version: %s"
                : "Flow not started: %s", each));
        if (problems.isEmpty() && last != null && !last.problems().isEmpty()) {
            LOG.infof("%s: mistakes corrected", now.path);
        }
    }
}
