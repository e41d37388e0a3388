// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings of one file. */
public final class Report {

    private final Path file;
    private final List<Finding> findings = new ArrayList<>();

    public Report(Path file) {
        this.file = file;
    }

    public void tell(int line, String rule, String message) {
        findings.add(new Finding(file, line, rule, message.replaceAll("\\s*\\R\\s*", " ")));
    }

    /** In the order of their lines. */
    public List<Finding> findings() {
        return findings.stream().sorted(Finding.IN_ORDER).toList();
    }
}
