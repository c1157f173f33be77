{{- define "khatm.labels" -}}
app.kubernetes.io/name: khatm
{{- end -}}

{{- define "khatm.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "khatm.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "khatm.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{- define "khatm.databaseUrl" -}}
- name: DATABASE_URL
  valueFrom: { secretKeyRef: { name: {{ .Values.secrets.database }}, key: database-url } }
{{- end -}}

{{- define "khatm.authority" -}}
- name: authority
  secret:
    secretName: {{ .Values.secrets.database }}
    optional: true
    items: [{ key: database-ca.crt, path: database-ca.crt }]
{{- end -}}
