// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.flow.FlowSwitch;
import dev.gtmroutes.form.RefusedEdit.Kind;
import dev.gtmroutes.form.versions.StoredVersion;
import dev.gtmroutes.lint.yaml.YamlFile;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Makes, changes and deletes flows: their files under {@code routes/flows/}, one edit after the other, each as a whole or
 * not at all. What is written was checked before; it takes effect as any other edit of a file does.
 */
@Singleton
public class FlowEditor {

    private static final Logger LOG = Logger.getLogger(FlowEditor.class);

    private final FlowFiles files;
    private final FlowDirectory folder;
    private final FlowSwitch switches;
    private final EditRights rights;

    FlowEditor(FlowFiles files, FlowSwitch switches, EditRights rights) {
        this.files = files;
        this.folder = files.folder();
        this.switches = switches;
        this.rights = rights;
    }

    /**
     * Makes a new flow in a file of its own.
     *
     * @throws RefusedEdit if there is one of this id, or the form has mistakes
     */
    public synchronized void create(FlowForm form) throws RefusedEdit {
        rights.requireEdit();
        RefusedEdit.ifAny(files.newFindings(form));
        writeNew(form.id(), FlowText.of(form, files.kamelets()));
    }

    /**
     * Makes a flow that does the same as another one, not activated. Comments come with it.
     *
     * @throws RefusedEdit if there is one of this id already, or a form cannot show the other one
     */
    public synchronized void duplicate(String from, String id) throws RefusedEdit {
        rights.requireEdit();
        StoredFlow flow = files.known(from);
        FlowForm form = flow.formOrRefuse();
        RefusedEdit.ifAny(folder.newId(id));
        String text = files.text(flow, form.named(id).started(false));
        RefusedEdit.ifAny(files.check().findings(YamlFile.of(folder.file(id), text)));
        writeNew(id, text);
    }

    /**
     * Changes a flow to what a form says.
     *
     * @param version of the file when the form was opened; null to change it in any case
     * @throws RefusedEdit if the file is another one by now, if a form cannot show it, or if there are mistakes
     */
    public synchronized void save(String version, FlowForm form) throws RefusedEdit {
        rights.requireEdit();
        StoredFlow flow = files.known(form.id());
        flow.formOrRefuse();
        flow.requireVersion(version);
        FlowCheck check = files.check();
        RefusedEdit.ifAny(check.choice(form));
        String text = files.text(flow, form);
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
        Optional<StoredFlow> flow = files.find(id);
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

    /**
     * Makes an earlier version of a flow its file again. A flow that was deleted comes back, not activated.
     *
     * @param number  of the version
     * @param version of the file that is to be replaced; null to replace it in any case
     * @throws RefusedEdit if there is no such version, if it has mistakes by now, or if the file is another one by now
     */
    public synchronized void restore(String id, int number, String version) throws RefusedEdit {
        rights.requireEdit();
        StoredVersion old = files.versions(id).stream().filter(each -> each.number() == number && each.isKept()).findFirst()
                .orElseThrow(() -> RefusedEdit.of(Kind.UNKNOWN, "The flow has no version with this name."));
        Optional<StoredFlow> flow = files.find(id);
        String kept = named(old.text(), id);
        if (flow.isPresent()) {
            flow.get().requireVersion(version);
            requireGood(id, flow, kept);
            replace(flow.get(), kept, StoredVersion.Kind.RESTORED);
        } else {
            RefusedEdit.ifAny(folder.newId(id));
            String text = FlowText.stopped(kept);
            requireGood(id, flow, text);
            files.requireLoadable(folder.file(id), text);
            folder.bringBack(id, text);
        }
    }

    /** A version from before the flow was renamed, under the name that the flow has now. */
    private String named(String text, String id) {
        Set<String> ids = StoredFlow.ids(YamlFile.of(folder.file(id), text));
        return ids.size() == 1 && !ids.contains(id) ? RenamedText.of(text, ids.iterator().next(), id, files.kamelets())
                : text;
    }

    /**
     * Brings a flow back that was deleted, not activated.
     *
     * @throws RefusedEdit if nothing is kept of it, or there is a flow of this name
     */
    public void restoreDeleted(String id) throws RefusedEdit {
        RefusedEdit.ifAny(folder.newId(id));
        List<StoredVersion> kept = files.versions(id);
        restore(id, kept.isEmpty() ? 0 : kept.get(0).number(), null);
    }

    /**
     * Lets a flow run, now and, if a form can show it and its file can be written, after a restart.
     *
     * @throws RefusedEdit if there is no such flow
     */
    public void activate(String id) throws RefusedEdit {
        keepActivated(id);
        // Not as a part of the edit: it may wait for requests of the flow, and the edits of others must not.
        switches.resume(id);
    }

    private synchronized void keepActivated(String id) throws RefusedEdit {
        StoredFlow flow = files.known(id);
        if (flow.form().filter(each -> each.autoStartup().equals("false")).isPresent()) {
            try {
                rights.requireEdit();
                // Nothing else of the file changes, so it may be one that the console could not save.
                replace(flow, files.text(flow, flow.form().get().started(true)), StoredVersion.Kind.EDITED);
            } catch (RefusedEdit e) {
                // Such as files that come from a ConfigMap.
                LOG.warnf("%s: started, but it will not start after a restart: %s", id, e.getMessage());
            }
        }
    }

    /**
     * Deletes the file of a flow. What is in its inbox and what became of its records stays.
     *
     * @throws RefusedEdit if there is no such flow, or others in its file
     */
    public synchronized void delete(String id) throws RefusedEdit {
        rights.requireEdit();
        StoredFlow flow = files.known(id);
        if (flow.flows() > 1) {
            throw RefusedEdit.of(Kind.CONFLICT,
                    "The file " + flow.path() + " contains other flows. Remove this flow from the file in an editor.");
        }
        folder.delete(flow.path(), flow.text());
    }

    private void writeNew(String id, String text) throws RefusedEdit {
        files.requireLoadable(folder.file(id), text);
        folder.write(folder.file(id), null, text, StoredVersion.Kind.CREATED);
    }

    private void requireGood(String id, Optional<StoredFlow> flow, String text) throws RefusedEdit {
        YamlFile file = YamlFile.of(flow.map(StoredFlow::path).orElse(folder.file(id)), text);
        RefusedEdit.ifAny(files.check().mistakes(file).stream()
                .map(each -> new FieldFinding("", "line " + each.line() + ": " + each.message()))
                .toList());
        if (!StoredFlow.ids(file).equals(Set.of(id)) && flow.map(each -> each.flows() == 1).orElse(true)) {
            RefusedEdit
                    .ifAny(List.of(new FieldFinding("id", "The text must contain the flow " + id + ", and no other flow.")));
        }
    }

    private void replace(StoredFlow flow, String text, StoredVersion.Kind kind) throws RefusedEdit {
        if (text.equals(flow.text())) {
            return;
        }
        files.requireLoadable(flow.path(), text);
        folder.write(flow.path(), flow.text(), text, kind);
    }
}
