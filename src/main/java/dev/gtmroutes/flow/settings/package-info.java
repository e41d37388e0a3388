// SPDX-License-Identifier: Apache-2.0
/**
 * Settings as flows see them.
 */
package dev.gtmroutes.flow.settings;
