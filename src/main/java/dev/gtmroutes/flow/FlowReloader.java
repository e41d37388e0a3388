// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.flow.RunningFlow.Wish;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.flow.files.RouteFiles;
import dev.gtmroutes.flow.files.RouteProblem;
import dev.gtmroutes.flow.names.NumberedDestinations;
import dev.gtmroutes.lint.flow.FlowLint;
import dev.gtmroutes.lint.flow.LookupFlows;
import dev.gtmroutes.lint.flow.Outline;
import dev.gtmroutes.lint.flow.ResponseFlows;
import dev.gtmroutes.lint.flow.SampleFiles;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.thread.OutOfMemory;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Finds out what an edit of files under {@code routes/} changes, and has that exchanged, each beside the others. */
final class FlowReloader {

    private static final Logger LOG = Logger.getLogger(FlowReloader.class);

    private final CamelContext camel;
    private final KnownKamelets kamelets;
    private final FlowSwitch switches;
    private final Templates templates = new Templates();
    private final FlowLoader loader;
    private final SharedSwaps shared;
    private final Map<Path, RunningFlow> slots = new ConcurrentSkipListMap<>();
    private final Map<String, List<String>> toldOfKamelets = new TreeMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(FlowReloader::thread);
    private RouteFiles last = RouteFiles.EMPTY;

    FlowReloader(CamelContext camel, KnownKamelets kamelets, FlowSwitch switches) {
        this.camel = camel;
        this.kamelets = kamelets;
        this.switches = switches;
        templates.serve(camel);
        this.loader = new FlowLoader(camel, templates, new NumberedDestinations(camel));
        this.shared = new SharedSwaps(new SharedRoutes(camel, loader, templates), Secrets.of(camel), this::refuse);
    }

    /**
     * Loads what there is at the program's start. Returns when all flows run that are to run; those that are only saved
     * are loaded beside them, for they are many where they are any, and nobody waits for them.
     *
     * @param done what is to be done when these are loaded, too
     */
    void start(RouteFiles tree, Runnable done) {
        Map<Boolean, List<RunningFlow>> saved = prepare(tree).stream()
                .collect(Collectors.partitioningBy(RunningFlow::isOnlySaved));
        saved.get(false).forEach(RunningFlow::settle);
        threads.execute(() -> {
            saved.get(true).stream().takeWhile(each -> !threads.isShutdown()).forEach(this::settle);
            done.run();
        });
    }

    /** Takes over what is there now. Returns at once. */
    synchronized void take(RouteFiles tree) {
        prepare(tree).forEach(each -> threads.execute(() -> settle(each)));
        shared.settle();
    }

    /**
     * Ends what runs by a file, and knows the file no more. What is stored of its flows stays.
     *
     * @return what makes it run again, as it was
     */
    Runnable release(Path file) {
        RunningFlow slot;
        RouteFiles before;
        synchronized (this) {
            slot = slots.remove(file);
            before = last;
            last = last.without(file);
        }
        if (slot == null) {
            return () -> {
            };
        }
        slot.release();
        return () -> {
            synchronized (this) {
                last = before;
                slots.put(file, slot);
            }
            slot.comeBack();
        };
    }

    private synchronized List<RunningFlow> prepare(RouteFiles tree) {
        last = tree;
        kamelets.update(tree.kamelets().values());
        shared.want(tree, kamelets.texts());
        tellOfKamelets();
        try {
            synchronized (loader) {
                // Those of running flows among them: routes that are there stay as they are.
                templates.use(kamelets.texts());
            }
        } catch (Exception e) {
            LOG.errorf("Kamelets cannot be loaded: %s", e);
        }
        move(tree);
        List<RunningFlow> all = new ArrayList<>();
        slots.forEach((path, slot) -> {
            if (!tree.flows().containsKey(path)) {
                slot.want(Wish.gone(path));
                all.add(slot);
            }
        });
        FlowLint lint = new FlowLint(kamelets.all(), Settings.of(FlowReloader::isSet), SampleFiles.NONE);
        List<YamlFile> files = tree.flows().values().stream().map(RouteFiles.Source::yaml).toList();
        ResponseFlows links = new ResponseFlows(kamelets.all(), files);
        LookupFlows lookups = new LookupFlows(files);
        for (RouteFiles.Source each : tree.flows().values()) {
            RunningFlow slot = slots.computeIfAbsent(each.path(), path -> new RunningFlow(camel, loader, switches));
            slot.want(wish(each, file -> Stream.of(lint.check(file), links.check(file), lookups.check(file))
                    .flatMap(List::stream).toList()));
            all.add(slot);
        }
        return all;
    }

    /** Tries again what could not be loaded because a credential was missing. Returns at once. */
    void credentialChanged() {
        slots.values().stream().filter(RunningFlow::tryAgain).forEach(each -> threads.execute(() -> settle(each)));
    }

    private static boolean isSet(String setting) {
        return ConfigProvider.getConfig().getOptionalValue(setting, String.class).isPresent();
    }

    private Wish wish(RouteFiles.Source file, Function<YamlFile, List<Finding>> check) {
        List<Finding> findings = check.apply(file.yaml());
        List<String> warnings = findings.stream().filter(Finding::isWarning).map(Finding::toString).toList();
        List<String> mistakes = new ArrayList<>();
        findings.stream().filter(each -> !each.isWarning()).map(Finding::toString).forEach(mistakes::add);
        FlowVersion version = mistakes.isEmpty() ? kamelets.version(file.yaml()) : null;
        kamelets.problems().forEach((name, problems) -> {
            boolean used = version != null ? version.own().containsKey(name) || version.shared().containsKey(name)
                    : Outline.ofFlows(file.yaml()).calls().contains(name);
            if (used) {
                mistakes.addAll(problems);
            }
        });
        return new Wish(file.path(), version, Outline.ofFlows(file.yaml()).routes(), mistakes, warnings,
                Outline.isOnlySaved(file.yaml()));
    }

    /** A file that was renamed takes its running flows with it, edited or not. */
    private void move(RouteFiles tree) {
        for (Path gone : List.copyOf(slots.keySet())) {
            RunningFlow slot = slots.get(gone);
            if (!tree.flows().containsKey(gone) && slot.running() != null) {
                successor(slot, tree).ifPresent(path -> {
                    slots.remove(gone);
                    slots.put(path, slot);
                });
            }
        }
    }

    private Optional<Path> successor(RunningFlow slot, RouteFiles tree) {
        Set<String> flows = Set.copyOf(slot.running().flows());
        return tree.flows().values().stream()
                .filter(each -> slots.get(each.path()) == null || slots.get(each.path()).running() == null)
                .filter(each -> each.yaml().text().equals(slot.running().version().text())
                        || Outline.ofFlows(each.yaml()).routes().stream().anyMatch(flows::contains))
                .map(RouteFiles.Source::path).findFirst();
    }

    private void settle(RunningFlow slot) {
        try {
            boolean idsAreFree = slot.settle();
            synchronized (this) {
                slots.values().removeIf(each -> each == slot && each.isOver());
            }
            if (idsAreFree) {
                slots.values().stream().filter(each -> each.running() == null)
                        .forEach(each -> threads.execute(() -> settle(each)));
            }
        } catch (RuntimeException | Error e) {
            OutOfMemory.check(e);
            LOG.errorf("An edited flow cannot be loaded: %s", e);
        }
    }

    private synchronized void refuse(String name, String text, String before, String problem) {
        kamelets.refuse(name, text, before, problem);
        take(last);
    }

    private void tellOfKamelets() {
        Map<String, List<String>> now = kamelets.problems();
        now.forEach((name, problems) -> {
            if (!problems.equals(toldOfKamelets.get(name))) {
                problems.forEach(each -> LOG.errorf("Kamelet not loaded%s: %s",
                        kamelets.text(name).isPresent() ? ", its previous version remains in use" : "", each));
            }
        });
        toldOfKamelets.clear();
        toldOfKamelets.putAll(now);
    }

    /** Whether there is no file of flows. */
    boolean isEmpty() {
        return slots.isEmpty();
    }

    List<FlowFile> files() {
        return slots.values().stream().map(RunningFlow::shown).filter(Objects::nonNull).toList();
    }

    Kamelets kamelets() {
        return kamelets.all();
    }

    void share(String endpoint) throws Exception {
        loader.share(endpoint, endpoint.replaceFirst("^kamelet:", "").split("[/?]")[0], kamelets.all());
    }

    List<RouteProblem> kameletProblems() {
        List<RouteProblem> all = new ArrayList<>();
        kamelets.problems().forEach((name, problems) -> problems
                .forEach(each -> all.add(RouteProblem.of(Path.of(name + ".kamelet.yaml"), each))));
        shared.lost().forEach((name, problem) -> all.add(RouteProblem.of(Path.of(name + ".kamelet.yaml"), problem)));
        return all;
    }

    void stop() {
        threads.shutdown();
        shared.stop();
    }

    static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "gtm-swap");
        thread.setDaemon(true);
        return thread;
    }
}
