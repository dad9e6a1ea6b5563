# Crawling on many machines with Nomad (docs/many-crawlers.md): every night a batch whose allocation I
# takes the sites of bucket I of 16. `nomad job run deploy/hdnd.nomad.hcl`; change what is marked.
job "hdnd-refresh" {
  type = "batch"

  periodic {
    crons            = ["15 2 * * *"]
    time_zone        = "Asia/Ho_Chi_Minh"
    prohibit_overlap = true
  }

  group "worker" {
    count = 16

    volume "homes" {
      type      = "host"
      source    = "hdnd-homes" # a host volume of the client; each worker has its folder in it
      read_only = false
    }

    volume "sites" {
      type      = "host"
      source    = "hdnd-sites" # the site descriptions
      read_only = true
    }

    restart {
      attempts = 2
      delay    = "3m"
      mode     = "fail"
    }

    task "refresh" {
      driver       = "docker"
      kill_timeout = "300s" # a crawl ends in order, then what came goes into the store

      config {
        image      = "registry.example/hdnd:latest" # yours
        entrypoint = ["timeout", "--foreground", "4h", "/opt/hdnd/bin/hdnd-worker"] # a retry goes on into no day
        args       = ["${NOMAD_ALLOC_INDEX}", "16", "--until", "05:30"]
      }

      volume_mount {
        volume      = "homes"
        destination = "/homes"
      }

      volume_mount {
        volume      = "sites"
        destination = "/sites"
        read_only   = true
      }

      env {
        HDND       = "/opt/hdnd/bin/hdnd"
        HDND_HOME  = "/homes/worker-${NOMAD_ALLOC_INDEX}"
        HDND_SITES = "/sites"
        TZ         = "Asia/Ho_Chi_Minh"
      }

      template {
        # HDND_STORE, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
        data        = "{{ with nomadVar \"hdnd/store\" }}{{ range .Tuples }}{{ .K }}={{ .V }}\n{{ end }}{{ end }}"
        destination = "secrets/store.env"
        env         = true
      }

      resources {
        cpu    = 250
        memory = 1024
      }
    }
  }
}
