// SPDX-License-Identifier: Apache-2.0
/**
 * Downloads the fragments of an export job and hands their records to a flow.
 */
package dev.gtmroutes.export.fragment;
