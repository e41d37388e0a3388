// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.rename;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.RefusedEdit.Kind;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.lint.flow.Argument;
import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.flow.ResponseFlows;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.eclipse.microprofile.config.Config;

/** Why a flow cannot get another name: all that would be lost, sent twice, or come to nothing. */
final class RenameRefusals {

    private static final List<String> SETTINGS = List.of("gtm.intake.tokens.", "gtm.intake.token-files.", "gtm.keep-done.",
            "gtm.keep-failed.", "gtm.keep-dead-letters.", "gtm.keep-open-dead-letters.", "gtm.keep-responses.");
    /** Parameters that say where data of a flow lies. */
    private static final Set<String> FOLDERS = Set.of("data", "folder", "state");
    private static final String FOLDER_OF_FLOW = "(intake|inbox|dead-letters|responses|bulk|fragments)/";
    private static final String FLOW = "flow";

    private final FlowData data;
    private final Config settings;

    RenameRefusals(FlowData data, Config settings) {
        this.data = data;
        this.settings = settings;
    }

    /** @throws RefusedEdit if the state of the flow is in the way */
    static void check(FlowStatus flow) throws RefusedEdit {
        if (flow.state() == FlowState.NOT_LOADED) {
            throw refused("The flow is not loaded. Correct its file first: " + flow.reason());
        }
        if (flow.state() != FlowState.PAUSED) {
            throw refused("The flow is active. Pause it first.");
        }
    }

    /**
     * @param flow   that is to be renamed
     * @param others files of all other flows
     * @throws RefusedEdit if its file, another flow or a setting is in the way
     */
    void check(StoredFlow flow, String from, String to, List<YamlFile> others) throws RefusedEdit {
        if (flow.flows() > 1) {
            throw refused("The file " + flow.path() + " contains other flows. Put this flow into a file of its own first.");
        }
        if (!text("gtm.cluster.lock").isEmpty() || !text("gtm.instances").matches("|1")) {
            throw refused(
                    "Other instances keep data under the name of the flow, too (gtm.instances, gtm.cluster.lock). Create "
                            + "a duplicate, and delete this flow when it has delivered everything.");
        }
        YamlFile own = YamlFile.of(flow.path(), flow.text());
        for (EndpointCall each : EndpointCall.in(own.root())) {
            for (Argument argument : each.arguments()) {
                if (each.kamelet().isPresent() && FOLDERS.contains(argument.name())) {
                    throw refused(place(own, argument.line()) + "The parameter " + argument.name()
                            + " names a directory of its "
                            + "own for the data of the flow, which would keep the old name. Remove the parameter first.");
                }
            }
        }
        requireNoUse(own, from, to);
        for (YamlFile each : others) {
            requireNoLink(each, from);
            requireNoUse(each, from, to);
        }
        for (String each : SETTINGS) {
            if (!text(each + from).isEmpty() && text(each + to).isEmpty()) {
                throw refused("The setting " + each + from + " is for the old name. Add the setting " + each + to
                        + ", start the program again, and rename the flow then.");
            }
        }
    }

    /** Another flow hands records to this one, or reads what is of this one. */
    private static void requireNoLink(YamlFile file, String from) throws RefusedEdit {
        for (EndpointCall each : EndpointCall.in(file.root())) {
            for (Argument argument : each.arguments()) {
                if (Set.of(FLOW, ResponseFlows.PARAMETER).contains(argument.name())
                        && argument.plain().strip().equals(from)) {
                    throw refused(place(file, argument.line()) + "Another flow names this flow (" + argument.name()
                            + "). Remove the parameter there, rename the flow, and enter the new name there.");
                }
            }
        }
    }

    /** An address or a folder of the flow by its old name, outside of comments. */
    private static void requireNoUse(YamlFile file, String from, String to) throws RefusedEdit {
        Pattern use = Pattern.compile(FOLDER_OF_FLOW + Pattern.quote(from) + "(?![\\w.-])|[?&]routeId=" + Pattern.quote(from)
                + "(?![\\w.-])|kamelet:[^/?\\s]+/" + Pattern.quote(from) + ":");
        List<String> lines = file.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().startsWith("#") && use.matcher(lines.get(i)).find()) {
                throw refused(
                        place(file, i + 1) + "This line names a folder or an address of the flow. Change " + from + " to "
                                + to + " there first.");
            }
        }
    }

    /**
     * @param inDatabase flows of which Only Changed keeps what they delivered in a database
     * @throws RefusedEdit if what is stored is in the way. To be asked once more when the flow has ended
     */
    void checkData(String from, String to, Set<String> inDatabase, Path versions) throws RefusedEdit {
        try {
            if (inDatabase.contains(from)) {
                throw refused(
                        "Only Changed keeps what the flow delivered in a database, under its name. Remove Only Changed from "
                                + "the flow first; then the flow sends each record once more.");
            }
            Optional<Path> remains = data.remains(to).or(() -> Optional.of(versions).filter(each -> each.toFile().exists()));
            if (remains.isPresent()) {
                throw refused("Data of an earlier flow of this name is still there: " + remains.get()
                        + ". Choose another name, or move the data away while the program is stopped.");
            }
            Optional<String> inWork = data.inWork(from);
            if (inWork.isPresent()) {
                throw refused(inWork.get());
            }
        } catch (IOException e) {
            throw RefusedEdit.of(Kind.NOT_WRITTEN, "The data of the flow cannot be read: " + e.getMessage());
        }
    }

    private static String place(YamlFile file, int line) {
        return file.path().getFileName() + ", line " + line + ": ";
    }

    private String text(String setting) {
        return settings.getOptionalValue(setting, String.class).orElse("").strip();
    }

    private static RefusedEdit refused(String why) {
        return RefusedEdit.of(Kind.CONFLICT, why);
    }
}
