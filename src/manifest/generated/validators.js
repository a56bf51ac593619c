// Generated from integration.yml by `npm run generate`; edit those, not this file.

"use strict";
export const validateMsgDefenderThreatIntelAuthStart = validate21;
const schema6 = {"type":"object","additionalProperties":false,"required":[],"properties":{}};

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelAuthComplete = validate22;
const schema7 = {"type":"object","additionalProperties":false,"required":[],"properties":{}};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelAuthTest = validate23;
const schema8 = {"type":"object","additionalProperties":false,"required":[],"properties":{}};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelAuthReset = validate24;
const schema9 = {"type":"object","additionalProperties":false,"required":[],"properties":{}};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelArticleList = validate25;
const schema10 = {"type":"object","additionalProperties":false,"required":[],"properties":{"article_id":{"$ref":"text"},"search":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};
const schema11 = {"type":"string","pattern":"\\S"};
const pattern0 = new RegExp("\\S", "u");

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}

const schema12 = {"type":"integer","minimum":1};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data < 1 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
validate30.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"boolean"};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "boolean"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}


function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "article_id") || (key0 === "search")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.article_id !== undefined){
if(!(validate26(data.article_id, {instancePath:instancePath+"/article_id",parentData:data,parentDataProperty:"article_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.search !== undefined){
if(!(validate26(data.search, {instancePath:instancePath+"/search",parentData:data,parentDataProperty:"search",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelArticleIndicatorsList = validate34;
const schema14 = {"type":"object","additionalProperties":false,"required":[],"properties":{"article_id":{"$ref":"text"},"article_indicator_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "article_id") || (key0 === "article_indicator_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.article_id !== undefined){
if(!(validate26(data.article_id, {instancePath:instancePath+"/article_id",parentData:data,parentDataProperty:"article_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.article_indicator_id !== undefined){
if(!(validate26(data.article_indicator_id, {instancePath:instancePath+"/article_indicator_id",parentData:data,parentDataProperty:"article_indicator_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelProfileList = validate40;
const schema15 = {"type":"object","additionalProperties":false,"required":[],"properties":{"intel_profile_id":{"$ref":"text"},"search":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "intel_profile_id") || (key0 === "search")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.intel_profile_id !== undefined){
if(!(validate26(data.intel_profile_id, {instancePath:instancePath+"/intel_profile_id",parentData:data,parentDataProperty:"intel_profile_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.search !== undefined){
if(!(validate26(data.search, {instancePath:instancePath+"/search",parentData:data,parentDataProperty:"search",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate40.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelProfileIndicatorsList = validate46;
const schema16 = {"type":"object","additionalProperties":false,"required":[],"properties":{"intel_profile_id":{"$ref":"text"},"intel_profile_indicator_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "intel_profile_id") || (key0 === "intel_profile_indicator_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.intel_profile_id !== undefined){
if(!(validate26(data.intel_profile_id, {instancePath:instancePath+"/intel_profile_id",parentData:data,parentDataProperty:"intel_profile_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.intel_profile_indicator_id !== undefined){
if(!(validate26(data.intel_profile_indicator_id, {instancePath:instancePath+"/intel_profile_indicator_id",parentData:data,parentDataProperty:"intel_profile_indicator_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate46.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHost = validate52;
const schema17 = {"type":"object","additionalProperties":false,"required":["host_id"],"properties":{"host_id":{"$ref":"list"},"odata":{"$ref":"text"}}};
const schema18 = {"type":"array","minItems":1,"items":{"type":"string","pattern":"\\S"}};

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}


function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.host_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "host_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "host_id") || (key0 === "odata"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate53(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostWhois = validate56;
const schema19 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"list"},"whois_record_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"}}};

function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "host_id") || (key0 === "whois_record_id")) || (key0 === "odata")) || (key0 === "limit"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate53(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.whois_record_id !== undefined){
if(!(validate26(data.whois_record_id, {instancePath:instancePath+"/whois_record_id",parentData:data,parentDataProperty:"whois_record_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate56.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostWhoisHistory = validate61;
const schema20 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"text"},"whois_record_id":{"$ref":"text"},"whois_history_record_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "host_id") || (key0 === "whois_record_id")) || (key0 === "whois_history_record_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate26(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.whois_record_id !== undefined){
if(!(validate26(data.whois_record_id, {instancePath:instancePath+"/whois_record_id",parentData:data,parentDataProperty:"whois_record_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.whois_history_record_id !== undefined){
if(!(validate26(data.whois_history_record_id, {instancePath:instancePath+"/whois_history_record_id",parentData:data,parentDataProperty:"whois_history_record_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate61.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostReputation = validate68;
const schema21 = {"type":"object","additionalProperties":false,"required":["host_id"],"properties":{"host_id":{"$ref":"list"},"odata":{"$ref":"text"}}};

function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.host_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "host_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "host_id") || (key0 === "odata"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate53(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate68.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostComponentsList = validate71;
const schema22 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"text"},"host_component_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate71(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "host_id") || (key0 === "host_component_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate26(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.host_component_id !== undefined){
if(!(validate26(data.host_component_id, {instancePath:instancePath+"/host_component_id",parentData:data,parentDataProperty:"host_component_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate71.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostCookiesList = validate77;
const schema23 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"text"},"host_cookie_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "host_id") || (key0 === "host_cookie_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate26(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.host_cookie_id !== undefined){
if(!(validate26(data.host_cookie_id, {instancePath:instancePath+"/host_cookie_id",parentData:data,parentDataProperty:"host_cookie_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate77.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostPairsList = validate83;
const schema24 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"text"},"host_pair_id":{"$ref":"text"},"direction":{"enum":["both","parent","child"]},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "host_id") || (key0 === "host_pair_id")) || (key0 === "direction")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate26(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.host_pair_id !== undefined){
if(!(validate26(data.host_pair_id, {instancePath:instancePath+"/host_pair_id",parentData:data,parentDataProperty:"host_pair_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.direction !== undefined){
let data2 = data.direction;
if(!(((data2 === "both") || (data2 === "parent")) || (data2 === "child"))){
const err1 = {instancePath:instancePath+"/direction",schemaPath:"#/properties/direction/enum",keyword:"enum",params:{allowedValues: schema24.properties.direction.enum}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate83.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostPortsList = validate89;
const schema25 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"text"},"host_port_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate89(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "host_id") || (key0 === "host_port_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate26(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.host_port_id !== undefined){
if(!(validate26(data.host_port_id, {instancePath:instancePath+"/host_port_id",parentData:data,parentDataProperty:"host_port_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate89.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostSslCertificatesList = validate95;
const schema26 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"text"},"host_ssl_certificate_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate95(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "host_id") || (key0 === "host_ssl_certificate_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate26(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.host_ssl_certificate_id !== undefined){
if(!(validate26(data.host_ssl_certificate_id, {instancePath:instancePath+"/host_ssl_certificate_id",parentData:data,parentDataProperty:"host_ssl_certificate_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate95.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostTrackersList = validate101;
const schema27 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"text"},"host_tracker_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate101(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "host_id") || (key0 === "host_tracker_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate26(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.host_tracker_id !== undefined){
if(!(validate26(data.host_tracker_id, {instancePath:instancePath+"/host_tracker_id",parentData:data,parentDataProperty:"host_tracker_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate101.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostSubdomainsList = validate107;
const schema28 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"text"},"subdomain_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate107(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "host_id") || (key0 === "subdomain_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate26(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.subdomain_id !== undefined){
if(!(validate26(data.subdomain_id, {instancePath:instancePath+"/subdomain_id",parentData:data,parentDataProperty:"subdomain_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate107.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostPassiveDnsList = validate113;
const schema29 = {"type":"object","additionalProperties":false,"required":[],"properties":{"host_id":{"$ref":"text"},"passive_dns_record_id":{"$ref":"text"},"direction":{"enum":["forward","reverse"]},"record_type":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate113(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "host_id") || (key0 === "passive_dns_record_id")) || (key0 === "direction")) || (key0 === "record_type")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate26(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.passive_dns_record_id !== undefined){
if(!(validate26(data.passive_dns_record_id, {instancePath:instancePath+"/passive_dns_record_id",parentData:data,parentDataProperty:"passive_dns_record_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.direction !== undefined){
let data2 = data.direction;
if(!((data2 === "forward") || (data2 === "reverse"))){
const err1 = {instancePath:instancePath+"/direction",schemaPath:"#/properties/direction/enum",keyword:"enum",params:{allowedValues: schema29.properties.direction.enum}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.record_type !== undefined){
if(!(validate26(data.record_type, {instancePath:instancePath+"/record_type",parentData:data,parentDataProperty:"record_type",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate113.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelSslCertificateList = validate120;
const schema30 = {"type":"object","additionalProperties":false,"required":[],"properties":{"ssl_certificate_id":{"$ref":"text"},"search_property":{"enum":["fingerprint","sha1","serialNumber","subject/commonName","subject/alternateNames","subject/organizationName","subject/organizationUnitName","subject/email","subject/givenName","subject/surname","subject/serialNumber","subject/address/street","subject/address/city","subject/address/state","subject/address/postalCode","subject/address/countryOrRegion","issuer/commonName","issuer/alternateNames","issuer/organizationName","issuer/organizationUnitName","issuer/email","issuer/givenName","issuer/surname","issuer/serialNumber","issuer/address/street","issuer/address/city","issuer/address/state","issuer/address/postalCode","issuer/address/countryOrRegion"]},"search_value":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate120(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "ssl_certificate_id") || (key0 === "search_property")) || (key0 === "search_value")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.ssl_certificate_id !== undefined){
if(!(validate26(data.ssl_certificate_id, {instancePath:instancePath+"/ssl_certificate_id",parentData:data,parentDataProperty:"ssl_certificate_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.search_property !== undefined){
let data1 = data.search_property;
if(!(((((((((((((((((((((((((((((data1 === "fingerprint") || (data1 === "sha1")) || (data1 === "serialNumber")) || (data1 === "subject/commonName")) || (data1 === "subject/alternateNames")) || (data1 === "subject/organizationName")) || (data1 === "subject/organizationUnitName")) || (data1 === "subject/email")) || (data1 === "subject/givenName")) || (data1 === "subject/surname")) || (data1 === "subject/serialNumber")) || (data1 === "subject/address/street")) || (data1 === "subject/address/city")) || (data1 === "subject/address/state")) || (data1 === "subject/address/postalCode")) || (data1 === "subject/address/countryOrRegion")) || (data1 === "issuer/commonName")) || (data1 === "issuer/alternateNames")) || (data1 === "issuer/organizationName")) || (data1 === "issuer/organizationUnitName")) || (data1 === "issuer/email")) || (data1 === "issuer/givenName")) || (data1 === "issuer/surname")) || (data1 === "issuer/serialNumber")) || (data1 === "issuer/address/street")) || (data1 === "issuer/address/city")) || (data1 === "issuer/address/state")) || (data1 === "issuer/address/postalCode")) || (data1 === "issuer/address/countryOrRegion"))){
const err1 = {instancePath:instancePath+"/search_property",schemaPath:"#/properties/search_property/enum",keyword:"enum",params:{allowedValues: schema30.properties.search_property.enum}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.search_value !== undefined){
if(!(validate26(data.search_value, {instancePath:instancePath+"/search_value",parentData:data,parentDataProperty:"search_value",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate120.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelSslCertificateRelatedHostsList = validate126;
const schema31 = {"type":"object","additionalProperties":false,"required":["ssl_certificate_id"],"properties":{"ssl_certificate_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate126(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.ssl_certificate_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ssl_certificate_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "ssl_certificate_id") || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.ssl_certificate_id !== undefined){
if(!(validate26(data.ssl_certificate_id, {instancePath:instancePath+"/ssl_certificate_id",parentData:data,parentDataProperty:"ssl_certificate_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate126.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelVulnerability = validate131;
const schema32 = {"type":"object","additionalProperties":false,"required":["vulnerability_id"],"properties":{"vulnerability_id":{"$ref":"list"},"odata":{"$ref":"text"}}};

function validate131(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.vulnerability_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "vulnerability_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "vulnerability_id") || (key0 === "odata"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.vulnerability_id !== undefined){
if(!(validate53(data.vulnerability_id, {instancePath:instancePath+"/vulnerability_id",parentData:data,parentDataProperty:"vulnerability_id",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate131.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelVulnerabilityComponentsList = validate134;
const schema33 = {"type":"object","additionalProperties":false,"required":["vulnerability_id"],"properties":{"vulnerability_id":{"$ref":"text"},"vulnerability_component_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate134(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.vulnerability_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "vulnerability_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "vulnerability_id") || (key0 === "vulnerability_component_id")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.vulnerability_id !== undefined){
if(!(validate26(data.vulnerability_id, {instancePath:instancePath+"/vulnerability_id",parentData:data,parentDataProperty:"vulnerability_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.vulnerability_component_id !== undefined){
if(!(validate26(data.vulnerability_component_id, {instancePath:instancePath+"/vulnerability_component_id",parentData:data,parentDataProperty:"vulnerability_component_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate134.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelVulnerabilityArticlesList = validate140;
const schema34 = {"type":"object","additionalProperties":false,"required":["vulnerability_id"],"properties":{"vulnerability_id":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate140(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.vulnerability_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "vulnerability_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "vulnerability_id") || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.vulnerability_id !== undefined){
if(!(validate26(data.vulnerability_id, {instancePath:instancePath+"/vulnerability_id",parentData:data,parentDataProperty:"vulnerability_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate140.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelWhoisSearch = validate145;
const schema35 = {"type":"object","additionalProperties":false,"required":["search_property","search_value"],"properties":{"search_property":{"enum":["registrant/name","registrant/organization","registrant/email","registrant/telephone","registrant/fax","registrant/address/street","registrant/address/city","registrant/address/state","registrant/address/postalCode","registrant/address/countryOrRegion","registrar/name","registrar/organization","registrar/email","registrar/telephone","registrar/fax","registrar/address/street","registrar/address/city","registrar/address/state","registrar/address/postalCode","registrar/address/countryOrRegion","abuse/name","abuse/organization","abuse/email","abuse/telephone","abuse/fax","abuse/address/street","abuse/address/city","abuse/address/state","abuse/address/postalCode","abuse/address/countryOrRegion","admin/name","admin/organization","admin/email","admin/telephone","admin/fax","admin/address/street","admin/address/city","admin/address/state","admin/address/postalCode","admin/address/countryOrRegion","billing/name","billing/organization","billing/email","billing/telephone","billing/fax","billing/address/street","billing/address/city","billing/address/state","billing/address/postalCode","billing/address/countryOrRegion","noc/name","noc/organization","noc/email","noc/telephone","noc/fax","noc/address/street","noc/address/city","noc/address/state","noc/address/postalCode","noc/address/countryOrRegion","technical/name","technical/organization","technical/email","technical/telephone","technical/fax","technical/address/street","technical/address/city","technical/address/state","technical/address/postalCode","technical/address/countryOrRegion","zone/name","zone/organization","zone/email","zone/telephone","zone/fax","zone/address/street","zone/address/city","zone/address/state","zone/address/postalCode","zone/address/countryOrRegion","nameservers/host/id"]},"search_value":{"$ref":"text"},"odata":{"$ref":"text"},"limit":{"$ref":"count"},"all_results":{"$ref":"flag"}}};

function validate145(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.search_property === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "search_property"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.search_value === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "search_value"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "search_property") || (key0 === "search_value")) || (key0 === "odata")) || (key0 === "limit")) || (key0 === "all_results"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.search_property !== undefined){
let data0 = data.search_property;
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data0 === "registrant/name") || (data0 === "registrant/organization")) || (data0 === "registrant/email")) || (data0 === "registrant/telephone")) || (data0 === "registrant/fax")) || (data0 === "registrant/address/street")) || (data0 === "registrant/address/city")) || (data0 === "registrant/address/state")) || (data0 === "registrant/address/postalCode")) || (data0 === "registrant/address/countryOrRegion")) || (data0 === "registrar/name")) || (data0 === "registrar/organization")) || (data0 === "registrar/email")) || (data0 === "registrar/telephone")) || (data0 === "registrar/fax")) || (data0 === "registrar/address/street")) || (data0 === "registrar/address/city")) || (data0 === "registrar/address/state")) || (data0 === "registrar/address/postalCode")) || (data0 === "registrar/address/countryOrRegion")) || (data0 === "abuse/name")) || (data0 === "abuse/organization")) || (data0 === "abuse/email")) || (data0 === "abuse/telephone")) || (data0 === "abuse/fax")) || (data0 === "abuse/address/street")) || (data0 === "abuse/address/city")) || (data0 === "abuse/address/state")) || (data0 === "abuse/address/postalCode")) || (data0 === "abuse/address/countryOrRegion")) || (data0 === "admin/name")) || (data0 === "admin/organization")) || (data0 === "admin/email")) || (data0 === "admin/telephone")) || (data0 === "admin/fax")) || (data0 === "admin/address/street")) || (data0 === "admin/address/city")) || (data0 === "admin/address/state")) || (data0 === "admin/address/postalCode")) || (data0 === "admin/address/countryOrRegion")) || (data0 === "billing/name")) || (data0 === "billing/organization")) || (data0 === "billing/email")) || (data0 === "billing/telephone")) || (data0 === "billing/fax")) || (data0 === "billing/address/street")) || (data0 === "billing/address/city")) || (data0 === "billing/address/state")) || (data0 === "billing/address/postalCode")) || (data0 === "billing/address/countryOrRegion")) || (data0 === "noc/name")) || (data0 === "noc/organization")) || (data0 === "noc/email")) || (data0 === "noc/telephone")) || (data0 === "noc/fax")) || (data0 === "noc/address/street")) || (data0 === "noc/address/city")) || (data0 === "noc/address/state")) || (data0 === "noc/address/postalCode")) || (data0 === "noc/address/countryOrRegion")) || (data0 === "technical/name")) || (data0 === "technical/organization")) || (data0 === "technical/email")) || (data0 === "technical/telephone")) || (data0 === "technical/fax")) || (data0 === "technical/address/street")) || (data0 === "technical/address/city")) || (data0 === "technical/address/state")) || (data0 === "technical/address/postalCode")) || (data0 === "technical/address/countryOrRegion")) || (data0 === "zone/name")) || (data0 === "zone/organization")) || (data0 === "zone/email")) || (data0 === "zone/telephone")) || (data0 === "zone/fax")) || (data0 === "zone/address/street")) || (data0 === "zone/address/city")) || (data0 === "zone/address/state")) || (data0 === "zone/address/postalCode")) || (data0 === "zone/address/countryOrRegion")) || (data0 === "nameservers/host/id"))){
const err3 = {instancePath:instancePath+"/search_property",schemaPath:"#/properties/search_property/enum",keyword:"enum",params:{allowedValues: schema35.properties.search_property.enum}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.search_value !== undefined){
if(!(validate26(data.search_value, {instancePath:instancePath+"/search_value",parentData:data,parentDataProperty:"search_value",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.odata !== undefined){
if(!(validate26(data.odata, {instancePath:instancePath+"/odata",parentData:data,parentDataProperty:"odata",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.limit !== undefined){
if(!(validate30(data.limit, {instancePath:instancePath+"/limit",parentData:data,parentDataProperty:"limit",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.all_results !== undefined){
if(!(validate32(data.all_results, {instancePath:instancePath+"/all_results",parentData:data,parentDataProperty:"all_results",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate145.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelHostSummary = validate150;
const schema36 = {"type":"object","additionalProperties":false,"required":["host_id"],"properties":{"host_id":{"$ref":"list"},"rows":{"$ref":"count"}}};

function validate150(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.host_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "host_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "host_id") || (key0 === "rows"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.host_id !== undefined){
if(!(validate53(data.host_id, {instancePath:instancePath+"/host_id",parentData:data,parentDataProperty:"host_id",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.rows !== undefined){
if(!(validate30(data.rows, {instancePath:instancePath+"/rows",parentData:data,parentDataProperty:"rows",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate150.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelArticleSummary = validate153;
const schema37 = {"type":"object","additionalProperties":false,"required":["article_id"],"properties":{"article_id":{"$ref":"text"},"rows":{"$ref":"count"}}};

function validate153(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.article_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "article_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "article_id") || (key0 === "rows"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.article_id !== undefined){
if(!(validate26(data.article_id, {instancePath:instancePath+"/article_id",parentData:data,parentDataProperty:"article_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.rows !== undefined){
if(!(validate30(data.rows, {instancePath:instancePath+"/rows",parentData:data,parentDataProperty:"rows",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate153.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelProfileSummary = validate156;
const schema38 = {"type":"object","additionalProperties":false,"required":["intel_profile_id"],"properties":{"intel_profile_id":{"$ref":"text"},"rows":{"$ref":"count"}}};

function validate156(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.intel_profile_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "intel_profile_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "intel_profile_id") || (key0 === "rows"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.intel_profile_id !== undefined){
if(!(validate26(data.intel_profile_id, {instancePath:instancePath+"/intel_profile_id",parentData:data,parentDataProperty:"intel_profile_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.rows !== undefined){
if(!(validate30(data.rows, {instancePath:instancePath+"/rows",parentData:data,parentDataProperty:"rows",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate156.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelVulnerabilitySummary = validate159;
const schema39 = {"type":"object","additionalProperties":false,"required":["vulnerability_id"],"properties":{"vulnerability_id":{"$ref":"text"},"rows":{"$ref":"count"}}};

function validate159(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.vulnerability_id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "vulnerability_id"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "vulnerability_id") || (key0 === "rows"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.vulnerability_id !== undefined){
if(!(validate26(data.vulnerability_id, {instancePath:instancePath+"/vulnerability_id",parentData:data,parentDataProperty:"vulnerability_id",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.rows !== undefined){
if(!(validate30(data.rows, {instancePath:instancePath+"/rows",parentData:data,parentDataProperty:"rows",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate159.errors = vErrors;
return errors === 0;
}

export const validateMsgDefenderThreatIntelExpand = validate162;
const schema40 = {"type":"object","additionalProperties":false,"required":["seeds"],"properties":{"seeds":{"$ref":"list"},"hops":{"enum":["1","2","3"]},"follow":{"$ref":"list"},"fan_out":{"$ref":"count"},"max_nodes":{"$ref":"count"},"max_requests":{"$ref":"count"},"since":{"$ref":"text"}}};

function validate162(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.seeds === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "seeds"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "seeds") || (key0 === "hops")) || (key0 === "follow")) || (key0 === "fan_out")) || (key0 === "max_nodes")) || (key0 === "max_requests")) || (key0 === "since"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.seeds !== undefined){
if(!(validate53(data.seeds, {instancePath:instancePath+"/seeds",parentData:data,parentDataProperty:"seeds",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.hops !== undefined){
let data1 = data.hops;
if(!(((data1 === "1") || (data1 === "2")) || (data1 === "3"))){
const err2 = {instancePath:instancePath+"/hops",schemaPath:"#/properties/hops/enum",keyword:"enum",params:{allowedValues: schema40.properties.hops.enum}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.follow !== undefined){
if(!(validate53(data.follow, {instancePath:instancePath+"/follow",parentData:data,parentDataProperty:"follow",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.fan_out !== undefined){
if(!(validate30(data.fan_out, {instancePath:instancePath+"/fan_out",parentData:data,parentDataProperty:"fan_out",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.max_nodes !== undefined){
if(!(validate30(data.max_nodes, {instancePath:instancePath+"/max_nodes",parentData:data,parentDataProperty:"max_nodes",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.max_requests !== undefined){
if(!(validate30(data.max_requests, {instancePath:instancePath+"/max_requests",parentData:data,parentDataProperty:"max_requests",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.since !== undefined){
if(!(validate26(data.since, {instancePath:instancePath+"/since",parentData:data,parentDataProperty:"since",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate162.errors = vErrors;
return errors === 0;
}

export const validateIp = validate169;
const schema41 = {"type":"object","additionalProperties":false,"required":["ip"],"properties":{"ip":{"$ref":"list"}}};

function validate169(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.ip === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ip"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "ip")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.ip !== undefined){
if(!(validate53(data.ip, {instancePath:instancePath+"/ip",parentData:data,parentDataProperty:"ip",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate169.errors = vErrors;
return errors === 0;
}

export const validateDomain = validate171;
const schema42 = {"type":"object","additionalProperties":false,"required":["domain"],"properties":{"domain":{"$ref":"list"}}};

function validate171(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.domain === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "domain"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "domain")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.domain !== undefined){
if(!(validate53(data.domain, {instancePath:instancePath+"/domain",parentData:data,parentDataProperty:"domain",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate171.errors = vErrors;
return errors === 0;
}

export const validateCve = validate173;
const schema43 = {"type":"object","additionalProperties":false,"required":["cve"],"properties":{"cve":{"$ref":"list"}}};

function validate173(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.cve === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "cve"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "cve")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.cve !== undefined){
if(!(validate53(data.cve, {instancePath:instancePath+"/cve",parentData:data,parentDataProperty:"cve",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate173.errors = vErrors;
return errors === 0;
}

export const validateInvocation = validate175;
const schema44 = {"type":"object","required":["command"],"properties":{"command":{"type":"string","pattern":"\\S"},"args":{"type":"object","nullable":true},"params":{"type":"object","nullable":true},"integrationContext":{},"lastRun":{}}};

function validate175(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.command === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "command"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.command !== undefined){
let data0 = data.command;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err1 = {instancePath:instancePath+"/command",schemaPath:"#/properties/command/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/command",schemaPath:"#/properties/command/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.args !== undefined){
let data1 = data.args;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
const err3 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.params !== undefined){
let data2 = data.params;
if((!(data2 && typeof data2 == "object" && !Array.isArray(data2))) && (data2 !== null)){
const err4 = {instancePath:instancePath+"/params",schemaPath:"#/properties/params/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate175.errors = vErrors;
return errors === 0;
}

export const validators = {
  'msg-defender-threat-intel-auth-start': validateMsgDefenderThreatIntelAuthStart,
  'msg-defender-threat-intel-auth-complete': validateMsgDefenderThreatIntelAuthComplete,
  'msg-defender-threat-intel-auth-test': validateMsgDefenderThreatIntelAuthTest,
  'msg-defender-threat-intel-auth-reset': validateMsgDefenderThreatIntelAuthReset,
  'msg-defender-threat-intel-article-list': validateMsgDefenderThreatIntelArticleList,
  'msg-defender-threat-intel-article-indicators-list': validateMsgDefenderThreatIntelArticleIndicatorsList,
  'msg-defender-threat-intel-profile-list': validateMsgDefenderThreatIntelProfileList,
  'msg-defender-threat-intel-profile-indicators-list': validateMsgDefenderThreatIntelProfileIndicatorsList,
  'msg-defender-threat-intel-host': validateMsgDefenderThreatIntelHost,
  'msg-defender-threat-intel-host-whois': validateMsgDefenderThreatIntelHostWhois,
  'msg-defender-threat-intel-host-whois-history': validateMsgDefenderThreatIntelHostWhoisHistory,
  'msg-defender-threat-intel-host-reputation': validateMsgDefenderThreatIntelHostReputation,
  'msg-defender-threat-intel-host-components-list': validateMsgDefenderThreatIntelHostComponentsList,
  'msg-defender-threat-intel-host-cookies-list': validateMsgDefenderThreatIntelHostCookiesList,
  'msg-defender-threat-intel-host-pairs-list': validateMsgDefenderThreatIntelHostPairsList,
  'msg-defender-threat-intel-host-ports-list': validateMsgDefenderThreatIntelHostPortsList,
  'msg-defender-threat-intel-host-ssl-certificates-list': validateMsgDefenderThreatIntelHostSslCertificatesList,
  'msg-defender-threat-intel-host-trackers-list': validateMsgDefenderThreatIntelHostTrackersList,
  'msg-defender-threat-intel-host-subdomains-list': validateMsgDefenderThreatIntelHostSubdomainsList,
  'msg-defender-threat-intel-host-passive-dns-list': validateMsgDefenderThreatIntelHostPassiveDnsList,
  'msg-defender-threat-intel-ssl-certificate-list': validateMsgDefenderThreatIntelSslCertificateList,
  'msg-defender-threat-intel-ssl-certificate-related-hosts-list': validateMsgDefenderThreatIntelSslCertificateRelatedHostsList,
  'msg-defender-threat-intel-vulnerability': validateMsgDefenderThreatIntelVulnerability,
  'msg-defender-threat-intel-vulnerability-components-list': validateMsgDefenderThreatIntelVulnerabilityComponentsList,
  'msg-defender-threat-intel-vulnerability-articles-list': validateMsgDefenderThreatIntelVulnerabilityArticlesList,
  'msg-defender-threat-intel-whois-search': validateMsgDefenderThreatIntelWhoisSearch,
  'msg-defender-threat-intel-host-summary': validateMsgDefenderThreatIntelHostSummary,
  'msg-defender-threat-intel-article-summary': validateMsgDefenderThreatIntelArticleSummary,
  'msg-defender-threat-intel-profile-summary': validateMsgDefenderThreatIntelProfileSummary,
  'msg-defender-threat-intel-vulnerability-summary': validateMsgDefenderThreatIntelVulnerabilitySummary,
  'msg-defender-threat-intel-expand': validateMsgDefenderThreatIntelExpand,
  'ip': validateIp,
  'domain': validateDomain,
  'cve': validateCve,
};
