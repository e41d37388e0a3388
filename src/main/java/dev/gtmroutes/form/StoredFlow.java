// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.gtmroutes.disk.Sha256;
import dev.gtmroutes.form.RefusedEdit.Kind;
import dev.gtmroutes.lint.flow.Outline;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
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

    /** The same for the same text, and for no other. */
    public String version() {
        return Sha256.hex(text);
    }

    /** The text without the values of passwords. */
    public String masked(Kamelets known) {
        Set<String> passwords = new TreeSet<>();
        known.all().forEach(each -> each.parameters().stream().filter(Parameter::isPassword).map(Parameter::name)
                .forEach(passwords::add));
        return Pattern.compile("\\b(" + String.join("|", passwords) + ")(\\s*[:=]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,}&]+)")
                .matcher(text).replaceAll("$1$2" + FlowForm.KEPT);
    }

    FlowForm formOrRefuse() throws RefusedEdit {
        return form.orElseThrow(() -> RefusedEdit.of(Kind.CONFLICT, reason));
    }
}
