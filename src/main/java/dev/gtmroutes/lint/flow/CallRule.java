// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.yaml.Report;

/** A rule for the call of a Kamelet that exists. */
public interface CallRule {

    void check(EndpointCall call, KameletDefinition kamelet, Report report);
}
