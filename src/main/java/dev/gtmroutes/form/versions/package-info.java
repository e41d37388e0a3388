// SPDX-License-Identifier: Apache-2.0
/**
 * Earlier versions of the files of flows: who saved them and when, and what brings them back.
 */
package dev.gtmroutes.form.versions;
