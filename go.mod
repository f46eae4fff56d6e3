module sealab

go 1.26
