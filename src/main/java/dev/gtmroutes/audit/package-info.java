// SPDX-License-Identifier: Apache-2.0
/** The audit log: who changed what, and who logged in or failed to. */
package dev.gtmroutes.audit;
