/// Bodies of about one kilobyte for `Fixtures/parcel.schema.json`, all different and the same in every run.
package enum ParcelBody {
    /// One valid body, unless the status is unknown.
    package static func text(_ number: Int, status: String) -> String {
        let cents = String(number % 90 + 10)
        return #"{"parcel_number":\#(1_996_567 + number),"parcel_id":"parcel_\#(number)","status":"\#(status)","#
            + #""currency":"EUR","amount":\#(number % 900 + 100).\#(cents),"amount_paid":0,"part_payments":true,"#
            + #""least_part":20,"purpose":"Two books and a lamp, to be left with the neighbour on the ground floor","#
            + #""created_at":"2024-09-30T17:05:01+05:30","receiver":{"name":"Ann Smith-\#(number)","#
            + #""phone":"98765432\#(cents)","email":"ann.\#(number)@example.com"},"#
            + #""links":{"notify":"https://hooks.example.com/parcels/ee08e626ecd88c61c85f5c69c0418cb5","#
            + #""back":"https://shop.example.com/thank-you","desk":"false"},"#
            + #""url":"https://parcels.example.com/p/o1tf1nvcvjhg","expires_at":"2024-10-14T15:04:05+05:30","#
            + #""notes":{"key_1":"value_1","key_2":"value_2"},"reminders":true,"#
            + #""notify":{"sms":false,"email":true},"#
            + #""label":"aGVsbG8gd29ybGQsIHRoaXMgaXMgYSBiYXIgY29kZSB0aGF0IGlzIGVuY29kZWQ=","tags":["a","b","c"]}"#
    }
}
