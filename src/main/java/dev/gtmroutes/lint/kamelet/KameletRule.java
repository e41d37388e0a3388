// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import dev.gtmroutes.lint.yaml.Report;

/** A rule for the file of a Kamelet. */
interface KameletRule {

    void check(KameletDefinition kamelet, Report report);
}
