using Dsl.Runtime;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace Dsl.Tests.Tables;

/// <summary>Declared tables from ML.NET's data, beside files of separated values with the same rows.</summary>
public class DataViewTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void A_view_gives_the_rows_of_the_csv_file_to_the_last_bit()
    {
        var random = new Random(6);
        Measured[] measured = [.. Enumerable.Range(0, 300).Select(i => new Measured
        {
            X = BitConverter.Int32BitsToSingle(random.Next(1, 0x7f000000)),
            Y = -random.NextSingle(),
            Group = random.Next(),
            Side = i % 3 == 0 ? "left" : "right",
        })];
        var lines = measured.Select(row => FormattableString.Invariant($"{row.X:R},{row.Y:R},{row.Group},{row.Side}\n"));
        var csv = Cloud.Read(new StringReader("x,y,group,side\n" + string.Concat(lines)));
        var view = _context.Data.LoadFromEnumerable(measured);
        Assert.Equal(csv.Rows, Cloud.FromDataView(view).Rows);
        // As a pipeline leaves it: the text has become a key, and its column hides the one that was there.
        var keyed = _context.Transforms.Conversion.MapValueToKey("Side").Fit(view).Transform(view);
        Assert.Equal(csv.Rows, Cloud.FromDataView(keyed).Rows);
    }

    [Fact]
    public void NaN_an_empty_text_and_the_key_of_nothing_are_missing()
    {
        var rows = new[]
        {
            new Fruit
            {
                Weight = 151.5f, Diameter = 7.25, Color = "rot", Size = "large", IsRipe = true, Taste = "süß", Store = 1,
            },
            new Fruit
            {
                Weight = float.NaN, Diameter = double.NaN, Color = "grün", Size = "", Taste = "sauer; \"sehr\"", Store = 2,
            },
        };
        var view = _context.Data.LoadFromEnumerable(rows);
        var tastes = _context.Data.LoadFromEnumerable([new Known { Taste = "süß" }]);
        view = _context.Transforms.Conversion.MapValueToKey("Taste", keyData: tastes).Fit(view).Transform(view);
        var data = Apple.FromDataView(view);
        Assert.Equal(new Apple(151.5f, 7.25, "rot", Size.Large, true, null, "süß") { Store = 1 }, data.Rows[0]);
        Assert.Equal((null, null, null, null),
            (data.Rows[1].Weight, data.Rows[1].Diameter, data.Rows[1].Size, data.Rows[1].Taste));
    }

    [Fact]
    public void A_key_without_names_is_a_number_from_0()
    {
        var view = _context.Data.LoadFromEnumerable([new Numbered { Class = 1 }, new Numbered { Class = 3 }]);
        Assert.Equal([1, 3], Digit.FromDataView(view).Rows.Select(row => row.Class));
    }

    [Fact]
    public void What_does_not_fit_is_named_with_row_column_and_value()
    {
        Assert.Equal("clouds, row 2: column 2 'Y' has no value: where values may be missing, declare the column with a question "
            + "mark and [Impute(...)].", Error(new Measured { Side = "left" }, new Measured { Y = float.NaN, Side = "left" }));
        Assert.Equal("clouds, row 1: column 'Side' has 'up', which is no class of it: left, right.",
            Error(new Measured { Side = "up" }));
        Assert.Equal("clouds, row 1: column 1 'X' has the text 'a', where a number is expected.", Error(new Texts { X = "a" }));
        Assert.Equal("clouds has no column 'Y', which Cloud declares. It has: X, YY, Group.", Error(new Wrong()));
        Assert.Equal("clouds: column 'X' is of type Vector<Single, 2>, where a declared column can be of numbers, of true and "
            + "false, of texts, or of keys.", Error(new Vectors()));
    }

    private string Error<T>(params T[] rows)
        where T : class => Assert.Throws<InvalidDataException>(() =>
            Cloud.FromDataView(_context.Data.LoadFromEnumerable(rows), "clouds")).Message;

    private sealed class Measured
    {
        public float X { get; set; }

        public float Y { get; set; }

        public int Group { get; set; }

        public string Side { get; set; } = "";
    }

    private sealed class Fruit
    {
        [ColumnName("Gewicht (g)")]
        public float Weight { get; set; }

        [ColumnName("Durchmesser")]
        public double Diameter { get; set; }

        [ColumnName("Farbe")]
        public string Color { get; set; } = "";

        [ColumnName("Größe")]
        public string Size { get; set; } = "";

        [ColumnName("reif")]
        public bool IsRipe { get; set; }

        public string Taste { get; set; } = "";

        public int Store { get; set; }
    }

    private sealed class Known
    {
        public string Taste { get; set; } = "";
    }

    private sealed class Numbered
    {
        public float X { get; set; }

        [KeyType(4)]
        public uint Class { get; set; }
    }

    private sealed class Texts
    {
        public string X { get; set; } = "";

        public float Y { get; set; }

        public int Group { get; set; }
    }

    private sealed class Wrong
    {
        public float X { get; set; }

        public float YY { get; set; }

        public int Group { get; set; }
    }

    private sealed class Vectors
    {
        [VectorType(2)]
        public float[] X { get; set; } = [1, 2];

        public float Y { get; set; }

        public int Group { get; set; }
    }
}

[Table]
public partial record Digit(float X, [Label(Classes = 4)] int Class);
