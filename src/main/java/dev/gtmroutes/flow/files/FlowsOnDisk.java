// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.lint.flow.Outline;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.outbox.Outboxes;

/** Which flows there are files for, whether they are loaded or not, and whether the program runs or not. */
public final class FlowsOnDisk {

    /** What may be the id of a flow in a file that is no YAML just now. */
    private static final Pattern ID = Pattern.compile("\\bid:\\s*[\"']?([\\w.-]+)");

    private FlowsOnDisk() {
    }

    /**
     * Whether there may be a file for a flow, or for the flow whose response events this one delivers.
     *
     * @param routes the directory of the routes
     * @return       true also where nobody can tell, because there is no directory of flows
     */
    public static boolean mayHave(Path routes, String flow) throws IOException {
        Path folder = routes.resolve("flows");
        if (!Files.isDirectory(folder)) {
            return true;
        }
        String outbox = flow.endsWith(Outboxes.RESPONSES)
                ? flow.substring(0, flow.length() - Outboxes.RESPONSES.length()) : "";
        for (Path each : FolderContent.of(folder)) {
            if (each.getFileName().toString().matches("[^.].*\\.ya?ml") && ids(each).stream()
                    .anyMatch(id -> id.equals(flow) || !outbox.isEmpty() && Outboxes.isOf(id, outbox))) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> ids(Path file) {
        YamlFile yaml = YamlFile.read(file);
        Set<String> ids = yaml.problems().isEmpty() ? Outline.ofFlows(yaml).routes()
                : ID.matcher(yaml.text()).results().map(each -> each.group(1)).collect(Collectors.toSet());
        // By convention, a file has the name of its flow.
        return ids.isEmpty() ? Set.of(FlowFile.stem(file)) : ids;
    }
}
