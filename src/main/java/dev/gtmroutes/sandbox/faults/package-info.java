// SPDX-License-Identifier: Apache-2.0
/**
 * How the sandbox misbehaves when it is told to.
 */
package dev.gtmroutes.sandbox.faults;
