mob-ics_libs = -lical
