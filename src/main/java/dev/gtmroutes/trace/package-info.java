// SPDX-License-Identifier: Apache-2.0
/** Traces of what is delivered, for OpenTelemetry: off unless the settings say otherwise. */
package dev.gtmroutes.trace;
