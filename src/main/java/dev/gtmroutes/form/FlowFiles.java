// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.disk.FileErrors;
import dev.gtmroutes.flow.FlowSwitch;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.form.RefusedEdit.Kind;
import dev.gtmroutes.form.versions.FlowVersions;
import dev.gtmroutes.form.versions.StoredVersion;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Makes, changes and deletes flows: their files under {@code routes/flows/}, each edit as a whole or not at all. What
 * is written was checked before; it takes effect as any other edit of a file does.
 */
@Singleton
public class FlowFiles {

    private static final Logger LOG = Logger.getLogger(FlowFiles.class);

    private final Flows flows;
    private final FlowSwitch switches;
    private final EditRights rights;
    private final FlowDirectory folder;
    private final FlowVersions versions;

    FlowFiles(Flows flows, FlowSwitch switches, EditRights rights, FlowVersions versions,
            @ConfigProperty(name = "gtm.routes") Path routes) {
        this.flows = flows;
        this.switches = switches;
        this.rights = rights;
        this.folder = new FlowDirectory(routes.resolve("flows"), flows, versions);
        this.versions = versions;
    }

    /** Why no flow can be saved, in one sentence; empty if flows can be. */
    public Optional<String> readOnly() {
        return folder.readOnly();
    }

    /** The Kamelets that flows can call now. */
    public Kamelets kamelets() {
        return flows.kamelets();
    }

    /** Whether flows can be changed here at all. */
    public boolean mayEdit() {
        return rights.mayEdit();
    }

    /** The check that each flow passes that is saved or tried. */
    public FlowCheck check() {
        return new FlowCheck(kamelets(), rights.limits(),
                () -> flows.files().stream().map(each -> YamlFile.read(each.path())).toList());
    }

    /**
     * What would keep a form from being saved, by field, also what only shows when the flow is loaded. Nothing is saved.
     *
     * @param isNew whether it would be a new flow
     */
    public List<FieldFinding> findings(FlowForm form, boolean isNew) {
        List<FieldFinding> findings = isNew ? newFindings(form) : check().findings(form);
        if (!findings.isEmpty()) {
            return findings;
        }
        try {
            StoredFlow flow = isNew ? null : known(form.id());
            return check().loadFindings(isNew ? YamlFile.of(folder.file(form.id()), FlowText.of(form, kamelets()))
                    : YamlFile.of(flow.path(), text(flow, form)));
        } catch (RefusedEdit e) {
            return e.findings();
        }
    }

    /** What is wrong with a new flow. A wrong name is said once, whatever else would be wrong because of it. */
    private List<FieldFinding> newFindings(FlowForm form) {
        List<FieldFinding> findings = new ArrayList<>(folder.newId(form.id()));
        boolean idIsGood = findings.isEmpty();
        check().findings(idIsGood ? form : form.named("new-flow")).stream()
                .filter(each -> idIsGood || !each.field().equals("source." + FlowForm.FLOW)).forEach(findings::add);
        return findings;
    }

    /**
     * Reads the file of a flow.
     *
     * @return empty if there is no such flow, or its file is gone or cannot be read
     */
    public Optional<StoredFlow> find(String id) {
        return flows.files().stream().filter(each -> each.flows().contains(id)).findFirst().flatMap(this::read);
    }

    private Optional<StoredFlow> read(FlowFile file) {
        try {
            YamlFile yaml = YamlFile.of(file.path(), Files.readAllBytes(file.path()));
            return Optional.of(StoredFlow.of(yaml, file.flows().size(), kamelets()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes a new flow in a file of its own.
     *
     * @throws RefusedEdit if there is one of this id, or the form has mistakes
     */
    public synchronized void create(FlowForm form) throws RefusedEdit {
        rights.requireEdit();
        RefusedEdit.ifAny(newFindings(form));
        writeNew(form.id(), FlowText.of(form, kamelets()));
    }

    /**
     * Makes a flow that does the same as another one, not activated. Comments come with it.
     *
     * @throws RefusedEdit if there is one of this id already, or a form cannot show the other one
     */
    public synchronized void duplicate(String from, String id) throws RefusedEdit {
        rights.requireEdit();
        StoredFlow flow = known(from);
        FlowForm form = flow.formOrRefuse();
        RefusedEdit.ifAny(folder.newId(id));
        String text = text(flow, form.named(id).started(false));
        RefusedEdit.ifAny(check().findings(YamlFile.of(folder.file(id), text)));
        writeNew(id, text);
    }

    /**
     * A flow that may get another name.
     *
     * @throws RefusedEdit if flows cannot be changed here, there is no such flow, or no flow can have the new name
     */
    public StoredFlow renamable(String from, String to) throws RefusedEdit {
        rights.requireEdit();
        StoredFlow flow = known(from);
        RefusedEdit.ifAny(folder.newId(to));
        if (readOnly().isPresent()) {
            throw RefusedEdit.of(Kind.CONFLICT, readOnly().get());
        }
        return flow;
    }

    /** The text of a flow under another name, not activated. @throws RefusedEdit if it could not be loaded */
    public String renamed(StoredFlow flow, String from, String to) throws RefusedEdit {
        String text = RenamedText.of(FlowText.stopped(flow.text()), from, to, kamelets());
        YamlFile file = YamlFile.of(file(to), text);
        if (!StoredFlow.ids(file).equals(Set.of(to))) {
            throw RefusedEdit.of(Kind.CONFLICT, "The program cannot find the id of the flow in " + flow.path()
                    + ". Write route: and id: on lines of their own, and rename the flow then.");
        }
        load(file.path(), text);
        return text;
    }

    /** Returns when a flow whose file is written has been taken over, or is still about to be after a while. */
    public void awaitKnown(String id) {
        folder.awaitKnown(id);
    }

    /** Where a flow of this name has its file. */
    public Path file(String id) {
        return folder.file(id);
    }

    private void writeNew(String id, String text) throws RefusedEdit {
        load(folder.file(id), text);
        folder.write(folder.file(id), null, text, StoredVersion.Kind.CREATED);
    }

    /**
     * Changes a flow to what a form says.
     *
     * @param version of the file when the form was opened; null to change it in any case
     * @throws RefusedEdit if the file is another one by now, if a form cannot show it, or if there are mistakes
     */
    public synchronized void save(String version, FlowForm form) throws RefusedEdit {
        rights.requireEdit();
        StoredFlow flow = known(form.id());
        flow.formOrRefuse();
        flow.requireVersion(version);
        FlowCheck check = check();
        RefusedEdit.ifAny(check.choice(form));
        String text = text(flow, form);
        RefusedEdit.ifAny(check.findings(YamlFile.of(flow.path(), text)));
        replace(flow, text, StoredVersion.Kind.EDITED);
    }

    /**
     * Replaces the whole file of a flow, or makes a new one.
     *
     * @param version of the file that is to be replaced; null to replace it in any case
     * @throws RefusedEdit if the file is another one by now, if it holds another flow than this one, or has mistakes
     */
    public synchronized void saveText(String id, String version, String text) throws RefusedEdit {
        rights.requireEdit();
        Optional<StoredFlow> flow = find(id);
        if (flow.isEmpty()) {
            RefusedEdit.ifAny(folder.newId(id));
        } else {
            flow.get().requireVersion(version);
        }
        requireGood(id, flow, text);
        if (flow.isPresent()) {
            replace(flow.get(), text, StoredVersion.Kind.EDITED);
        } else {
            writeNew(id, text);
        }
    }

    private void requireGood(String id, Optional<StoredFlow> flow, String text) throws RefusedEdit {
        YamlFile file = YamlFile.of(flow.map(StoredFlow::path).orElse(folder.file(id)), text);
        RefusedEdit.ifAny(check().mistakes(file).stream()
                .map(each -> new FieldFinding("", "line " + each.line() + ": " + each.message()))
                .toList());
        if (!StoredFlow.ids(file).equals(Set.of(id)) && flow.map(each -> each.flows() == 1).orElse(true)) {
            RefusedEdit
                    .ifAny(List.of(new FieldFinding("id", "The text must contain the flow " + id + ", and no other flow.")));
        }
    }

    /**
     * The versions of a flow, the newest first.
     *
     * @throws RefusedEdit if they cannot be read
     */
    public List<StoredVersion> versions(String id) throws RefusedEdit {
        Optional<StoredFlow> flow = find(id);
        try {
            return versions.all(flow.map(StoredFlow::versionsName).orElse(id), flow.map(StoredFlow::text).orElse(null));
        } catch (IOException e) {
            throw RefusedEdit.of(Kind.NOT_WRITTEN, "The versions cannot be read: " + FileErrors.text(e));
        }
    }

    /** What a form shows of a text; empty if it cannot show it. */
    public Optional<FlowForm> form(String text) {
        try {
            return Optional.of(new FlowText(text, kamelets()).form());
        } catch (NotAFormException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes an earlier version of a flow its file again. A flow that was deleted comes back, not activated.
     *
     * @param number  of the version
     * @param version of the file that is to be replaced; null to replace it in any case
     * @throws RefusedEdit if there is no such version, if it has mistakes by now, or if the file is another one by now
     */
    public synchronized void restore(String id, int number, String version) throws RefusedEdit {
        rights.requireEdit();
        StoredVersion old = versions(id).stream().filter(each -> each.number() == number && each.isKept()).findFirst()
                .orElseThrow(() -> RefusedEdit.of(Kind.UNKNOWN, "The flow has no version with this name."));
        Optional<StoredFlow> flow = find(id);
        String kept = named(old.text(), id);
        if (flow.isPresent()) {
            flow.get().requireVersion(version);
            requireGood(id, flow, kept);
            replace(flow.get(), kept, StoredVersion.Kind.RESTORED);
        } else {
            RefusedEdit.ifAny(folder.newId(id));
            String text = FlowText.stopped(kept);
            requireGood(id, flow, text);
            load(folder.file(id), text);
            folder.bringBack(id, text);
        }
    }

    /** A version from before the flow was renamed, under the name that the flow has now. */
    private String named(String text, String id) {
        Set<String> ids = StoredFlow.ids(YamlFile.of(folder.file(id), text));
        return ids.size() == 1 && !ids.contains(id) ? RenamedText.of(text, ids.iterator().next(), id, kamelets()) : text;
    }

    /**
     * Brings a flow back that was deleted, not activated.
     *
     * @throws RefusedEdit if nothing is kept of it, or there is a flow of this name
     */
    public void restoreDeleted(String id) throws RefusedEdit {
        RefusedEdit.ifAny(folder.newId(id));
        List<StoredVersion> kept = versions(id);
        restore(id, kept.isEmpty() ? 0 : kept.get(0).number(), null);
    }

    /**
     * Lets a flow run, now and, if a form can show it and its file can be written, after a restart.
     *
     * @throws RefusedEdit if there is no such flow
     */
    public synchronized void activate(String id) throws RefusedEdit {
        StoredFlow flow = known(id);
        if (flow.form().filter(each -> each.autoStartup().equals("false")).isPresent()) {
            try {
                rights.requireEdit();
                // Nothing else of the file changes, so it may be one that the console could not save.
                replace(flow, text(flow, flow.form().get().started(true)), StoredVersion.Kind.EDITED);
            } catch (RefusedEdit e) {
                // Such as files that come from a ConfigMap.
                LOG.warnf("%s: started, but it will not start after a restart: %s", id, e.getMessage());
            }
        }
        switches.resume(id);
    }

    /**
     * Deletes the file of a flow. What is in its inbox and what became of its records stays.
     *
     * @throws RefusedEdit if there is no such flow, or others in its file
     */
    public synchronized void delete(String id) throws RefusedEdit {
        rights.requireEdit();
        StoredFlow flow = known(id);
        if (flow.flows() > 1) {
            throw RefusedEdit.of(Kind.CONFLICT,
                    "The file " + flow.path() + " contains other flows. Remove this flow from the file in an editor.");
        }
        folder.delete(flow.path(), flow.text());
    }

    private StoredFlow known(String id) throws RefusedEdit {
        return find(id).orElseThrow(() -> RefusedEdit.of(Kind.UNKNOWN, "There is no flow with this name."));
    }

    private String text(StoredFlow flow, FlowForm form) throws RefusedEdit {
        try {
            return new FlowText(flow.text(), kamelets()).with(form);
        } catch (NotAFormException e) {
            throw RefusedEdit.of(Kind.CONFLICT, StoredFlow.refusal(e.getMessage()));
        }
    }

    private void replace(StoredFlow flow, String text, StoredVersion.Kind kind) throws RefusedEdit {
        if (text.equals(flow.text())) {
            return;
        }
        load(flow.path(), text);
        folder.write(flow.path(), flow.text(), text, kind);
    }

    private void load(Path path, String text) throws RefusedEdit {
        RefusedEdit.ifAny(check().loadFindings(YamlFile.of(path, text)));
    }
}
