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
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.form.RefusedEdit.Kind;
import dev.gtmroutes.form.versions.FlowVersions;
import dev.gtmroutes.form.versions.StoredVersion;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The files of flows under {@code routes/flows/}: what is in them, what it was before, and what would keep a flow from being
 * saved. Changes nothing; that is what {@link FlowEditor} is for.
 */
@Singleton
public class FlowFiles {

    private final Flows flows;
    private final EditRights rights;
    private final FlowDirectory folder;
    private final FlowVersions versions;

    FlowFiles(Flows flows, EditRights rights, FlowVersions versions,
            @ConfigProperty(name = "gtm.routes") Path routes) {
        this.flows = flows;
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
    List<FieldFinding> newFindings(FlowForm form) {
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
        requireLoadable(file.path(), text);
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

    /** Where they lie. */
    FlowDirectory folder() {
        return folder;
    }

    /** The file of a flow. @throws RefusedEdit if there is no such flow */
    StoredFlow known(String id) throws RefusedEdit {
        return find(id).orElseThrow(() -> RefusedEdit.of(Kind.UNKNOWN, "There is no flow with this name."));
    }

    /** The text of a flow that does what a form says. @throws RefusedEdit if its file is none that a form can change */
    String text(StoredFlow flow, FlowForm form) throws RefusedEdit {
        try {
            return new FlowText(flow.text(), kamelets()).with(form);
        } catch (NotAFormException e) {
            throw RefusedEdit.of(Kind.CONFLICT, StoredFlow.refusal(e.getMessage()));
        }
    }

    /** @throws RefusedEdit if a file of this text could not be loaded */
    void requireLoadable(Path path, String text) throws RefusedEdit {
        RefusedEdit.ifAny(check().loadFindings(YamlFile.of(path, text)));
    }
}
