using System.Text;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Tests.Tables;

/// <summary>Files of separated values as rows: as they come from real programs, and with mistakes.</summary>
public sealed class TableReadingTests : IDisposable
{
    private const string Header = "Gewicht (g);Durchmesser;Farbe;Größe;reif;Bemerkung;Taste;Store";

    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-tables").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_a_spreadsheet_writes_is_read()
    {
        string path = Write("\uFEFF" + Header + "\r\n"
            + "151,5;7,25;rot;Small;yes;x;süß;1\r\n"
            + "k. A.;;\"grün\" ;large;0;\"zwei\r\nZeilen; \"\"quoted\"\"\";\"sauer; \"\"sehr\"\"\";4\r\n"
            + "\r\n"
            + " 98 ; 6 ;gelb;1;;;;\r\n");
        var data = Apple.Load(path);
        Assert.Equal(3, data.Count);
        Assert.Equal(new Apple(151.5f, 7.25, "rot", Size.Small, true, "x", "süß") { Store = 1 }, data.Rows[0]);
        Assert.Equal(new Apple(null, null, "grün", Size.Large, false, "zwei\r\nZeilen; \"quoted\"",
            "sauer; \"sehr\"") { Store = 4 },
            data.Rows[1]);
        Assert.Equal(new Apple(98, 6, "gelb", Size.Medium, null, null), data.Rows[2]);
    }

    [Theory]
    [InlineData("x,y,group,side\n1,2,7,left\n")]
    [InlineData("x;y;group;side\n1;2;7;left\n")]
    [InlineData("x\ty\tgroup\tside\n1\t2\t7\tleft\n")]
    [InlineData("SIDE|more|\" Y \"|X|Gr_oup\nleft|a|2|1|7\n")]
    [InlineData("x y side group\n1 2 left 7\n")]
    [InlineData("group,y,x\n7,2,1\n")]
    public void Columns_are_found_by_name_and_the_separator_with_them(string text)
    {
        var row = Assert.Single(Cloud.Read(new StringReader(text)).Rows);
        Assert.Equal((1f, 2f, 7), (row.X, row.Y, row.Group));
    }

    [Theory]
    [InlineData("x,group,y,side\n1,0,2,left\n3,0,4\n", "clouds, line 3: has 3 values, but the first line has 4.")]
    [InlineData("x,group,y,side\n1,0,2,left,\n", "clouds, line 2: has 5 values, but the first line has 4.")]
    [InlineData("x,group,y,side\n1,0,2,\"left\n3,0,4,right\n",
        "clouds, line 2: column 'Side' has 'left\n3,0,4,right', which is no class")]
    [InlineData("x,group,y,side\n1,0,\"2,left\n3,0,4,right\n",
        "line 2: has 3 values, but the first line has 4. A quotation mark that opens here")]
    [InlineData("x,group,y,side\n\n1,0,2,up\n", "clouds, line 3: column 'Side' has 'up', which is no class of it: left, right.")]
    [InlineData("x,group,y,side\n1,0,two,left\n", "clouds, line 2: column 3 'Y' has 'two', where a number is expected.")]
    [InlineData("x,group,y,side\n1,0,NA,left\n", "has 'NA', where a number is expected; where it says that the value is missing")]
    [InlineData("x;group;y;side\n1;0;2,5;left\n", "has '2,5', where a number is expected; with Decimal = ',' it would be one.")]
    [InlineData("x,group,y,side\n1,0,,left\n", "clouds, line 2: column 3 'Y' has no value: where values may be missing, declare")]
    [InlineData("x,group,y,side\n1,0,1e39,left\n", "has 1E+39, which is too large for a float: declare it double.")]
    [InlineData("x,group,y,side\n1,0.5,1,left\n", "column 2 'Group' has '0.5', where a whole number is expected.")]
    [InlineData("x,group,side\n1,0,left\n",
        "clouds, line 1: has no column 'Y', which Cloud declares. Split at ',' it has: x, group, side.")]
    [InlineData("x,Y,group,Y\n1,0,2,left\n", "clouds, line 1: names the column 'Y' 2 times.")]
    [InlineData("\n\n", "clouds holds no line of a table.")]
    public void What_does_not_fit_is_named_with_line_column_and_value(string text, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => Cloud.Read(new StringReader(text), "clouds"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_header_columns_stand_in_their_order()
    {
        var read = Cloud.Read(new StringReader("// made by hand\n# units: cm\n1;2;3;left\n"), "clouds",
            format => format with { HasHeader = false, SkippedLines = 1, Comment = '#', Separator = ';' });
        Assert.Equal(new Cloud(1, 2, 3, "left"), Assert.Single(read.Rows));
        var error = Assert.Throws<InvalidDataException>(() =>
            Cloud.Read(new StringReader("1,2\n"), "clouds", format => format with { HasHeader = false }));
        Assert.Contains("line 1: has 2 values when it is split at ',', but Cloud declares 4 columns.", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Line_numbers_count_what_was_skipped()
    {
        var error = Assert.Throws<InvalidDataException>(() => Cloud.Read(
            new StringReader("a\nb\nx,y,group\n1,2,3\n1,x,3\n"), "clouds", format => format with { SkippedLines = 2 }));
        Assert.Contains("clouds, line 5: column 2 'Y' has 'x'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_and_other_encodings_can_be_said()
    {
        string path = Path.Combine(_folder, "latin");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(Header + "\n1.151,5;7;grün;Small;1;;süß;1\n"));
        var data = Apple.Load(path, format => format with { Encoding = Encoding.Latin1, Thousands = '.' });
        Assert.Equal(1151.5f, data.Rows[0].Weight);
        var error = Assert.Throws<InvalidDataException>(() => Apple.Load(path));
        Assert.Contains("is not encoded as utf-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_may_be_written_with_decimals()
    {
        var row = Assert.Single(Cloud.Read(new StringReader("x,y,group\n1,2,3.0\n")).Rows);
        Assert.Equal(3, row.Group);
    }

    [Fact]
    public void Rows_in_memory_are_checked_too()
    {
        Assert.Contains("Row 2: column 'Y' is NaN", Refusal(new Cloud(1, 2), new Cloud(1, float.NaN)), StringComparison.Ordinal);
        Assert.Contains("Row 1: column 'Side' has 'up', which is no class", Refusal(new Cloud(1, 2, 0, "up")),
            StringComparison.Ordinal);

        static string Refusal(params Cloud[] rows) => Assert.Throws<DataMismatchException>(() => Cloud.From(rows)).Message;
    }

    [Fact]
    public void Conflicting_formats_are_refused() => Assert.Throws<ArgumentException>(() =>
        Cloud.Read(new StringReader("x,y\n"), "clouds", format => format with { Separator = ',', Decimal = ',' }));

    private string Write(string text)
    {
        string path = Path.Combine(_folder, "table.csv");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
