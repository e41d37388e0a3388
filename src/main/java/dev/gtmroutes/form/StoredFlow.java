// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.disk.Sha256;
import dev.gtmroutes.form.RefusedEdit.Kind;
import dev.gtmroutes.form.versions.FlowVersions;
import dev.gtmroutes.lint.flow.Outline;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.trust.MaskedYaml;
import dev.gtmroutes.lint.yaml.YamlFile;

/**
 * The file of a flow as it is on the disk.
 *
 * @param path   where it lies
 * @param text   what is in it
 * @param flows  how many flows are in it
 * @param form   what a form shows of it; empty if it cannot show it
 * @param reason why it cannot; empty if it can
 */
public record StoredFlow(Path path, String text, int flows, Optional<FlowForm> form, String reason) {

    static StoredFlow of(YamlFile file, int flows, Kamelets known) {
        try {
            FlowForm form = new FlowText(file.text(), known).form();
            return new StoredFlow(file.path(), file.text(), flows, Optional.of(form), "");
        } catch (NotAFormException e) {
            return new StoredFlow(file.path(), file.text(), flows, Optional.empty(), refusal(e.getMessage()));
        }
    }

    static String refusal(String because) {
        return "The form cannot show this file, because " + because + ". Edit the file in an editor.";
    }

    static Set<String> ids(YamlFile file) {
        return Outline.ofFlows(file).routes();
    }

    /** Under which name its versions are kept. */
    public String versionsName() {
        return FlowVersions.name(YamlFile.of(path, text));
    }

    /** The same for the same text, and for no other. */
    public String version() {
        return Sha256.hex(text);
    }

    /** @throws RefusedEdit if it is another file by now. @param version that a change was made from; null for any */
    void requireVersion(String version) throws RefusedEdit {
        if (version != null && !version.equals(version())) {
            throw RefusedEdit.of(Kind.CHANGED, path.getFileName() + " has changed since you opened it. Open the flow "
                    + "again to see the current version.");
        }
    }

    /** The text for people who may not see secrets. */
    public String masked(Kamelets known) {
        return MaskedYaml.of(text, known);
    }

    FlowForm formOrRefuse() throws RefusedEdit {
        return form.orElseThrow(() -> RefusedEdit.of(Kind.CONFLICT, reason));
    }
}
