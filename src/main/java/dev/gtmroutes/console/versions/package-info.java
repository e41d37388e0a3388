// SPDX-License-Identifier: Apache-2.0
/** The versions of a flow: their list, what differs, how one is restored, and who else edits the flow now. */
package dev.gtmroutes.console.versions;
