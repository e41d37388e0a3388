// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.flow.FlowSwitch;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.form.RefusedEdit.Kind;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Finding;
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
    private final FlowDirectory folder;

    FlowFiles(Flows flows, FlowSwitch switches, @ConfigProperty(name = "gtm.routes") Path routes) {
        this.flows = flows;
        this.switches = switches;
        this.folder = new FlowDirectory(routes.resolve("flows"), flows);
    }

    /** The Kamelets that flows can call now. */
    public Kamelets kamelets() {
        return flows.kamelets();
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
        List<FieldFinding> findings = new ArrayList<>(folder.newId(form.id()));
        boolean idIsGood = findings.isEmpty();
        new FlowCheck(kamelets()).findings(form).stream().filter(each -> idIsGood || !each.field().equals("id"))
                .forEach(findings::add);
        refuse(findings);
        writeNew(form.id(), FlowText.of(form, kamelets()));
    }

    /**
     * Makes a flow that does the same as another one, not activated. Comments come with it.
     *
     * @throws RefusedEdit if there is one of this id already, or a form cannot show the other one
     */
    public synchronized void duplicate(String from, String id) throws RefusedEdit {
        StoredFlow flow = known(from);
        FlowForm form = flow.formOrRefuse();
        refuse(folder.newId(id));
        writeNew(id, text(flow, form.named(id).started(false)));
    }

    private void writeNew(String id, String text) throws RefusedEdit {
        load(folder.file(id), text);
        folder.write(folder.file(id), text);
    }

    private static void refuse(List<FieldFinding> findings) throws RefusedEdit {
        if (!findings.isEmpty()) {
            throw RefusedEdit.invalid(findings);
        }
    }

    /**
     * Changes a flow to what a form says.
     *
     * @param version of the file when the form was opened; null to change it in any case
     * @throws RefusedEdit if the file is another one by now, if a form cannot show it, or if there are mistakes
     */
    public synchronized void save(String version, FlowForm form) throws RefusedEdit {
        StoredFlow flow = known(form.id());
        flow.formOrRefuse();
        unchanged(flow, version);
        FlowCheck check = new FlowCheck(kamelets());
        refuse(check.choice(form));
        String text = text(flow, form);
        refuse(check.findings(YamlFile.of(flow.path(), text)));
        replace(flow, text);
    }

    /**
     * Replaces the whole file of a flow, or makes a new one.
     *
     * @param version of the file that is to be replaced; null to replace it in any case
     * @throws RefusedEdit if the file is another one by now, if it holds another flow than this one, or has mistakes
     */
    public synchronized void saveText(String id, String version, String text) throws RefusedEdit {
        Optional<StoredFlow> flow = find(id);
        if (flow.isEmpty()) {
            refuse(folder.newId(id));
        } else {
            unchanged(flow.get(), version);
        }
        Path path = flow.map(StoredFlow::path).orElse(folder.file(id));
        YamlFile file = YamlFile.of(path, text);
        List<Finding> mistakes = new FlowCheck(kamelets()).mistakes(file);
        refuse(mistakes.stream().map(each -> new FieldFinding("", "line " + each.line() + ": " + each.message()))
                .toList());
        if (!StoredFlow.ids(file).equals(Set.of(id)) && flow.map(each -> each.flows() == 1).orElse(true)) {
            refuse(List.of(new FieldFinding("id", "The text must contain the flow " + id + ", and no other flow.")));
        }
        if (flow.isPresent()) {
            replace(flow.get(), text);
        } else {
            writeNew(id, text);
        }
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
                replace(flow, text(flow, flow.form().get().started(true)));
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
        StoredFlow flow = known(id);
        if (flow.flows() > 1) {
            throw RefusedEdit.of(Kind.CONFLICT,
                    "The file " + flow.path() + " contains other flows. Remove this flow from the file in an editor.");
        }
        folder.delete(flow.path());
    }

    private StoredFlow known(String id) throws RefusedEdit {
        return find(id).orElseThrow(() -> RefusedEdit.of(Kind.UNKNOWN, "There is no flow with this name."));
    }

    private static void unchanged(StoredFlow flow, String version) throws RefusedEdit {
        if (version != null && !version.equals(flow.version())) {
            throw RefusedEdit.of(Kind.CHANGED, flow.path().getFileName() + " has changed since you opened it. Open the flow "
                    + "again to see the current version.");
        }
    }

    private String text(StoredFlow flow, FlowForm form) throws RefusedEdit {
        try {
            return new FlowText(flow.text(), kamelets()).with(form);
        } catch (NotAFormException e) {
            throw RefusedEdit.of(Kind.CONFLICT, StoredFlow.refusal(e.getMessage()));
        }
    }

    private void replace(StoredFlow flow, String text) throws RefusedEdit {
        if (text.equals(flow.text())) {
            return;
        }
        load(flow.path(), text);
        folder.write(flow.path(), text);
    }

    private void load(Path path, String text) throws RefusedEdit {
        refuse(new FlowCheck(kamelets()).loadFindings(YamlFile.of(path, text)));
    }
}
