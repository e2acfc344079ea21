using System.Text;

namespace Dsl.Runtime.Tests.Data;

public sealed class CsvDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_column_is_the_label()
    {
        using var data = CsvData.Load(
            _folder.Write("data", "# comment\n1,2,3,4,0\n\n5, 6.5,-7,8e1,1\r\n"), [1, 2, 2], scale: 0.5);
        Assert.Equal([2L, 1L, 2L, 2L], data.Inputs.shape);
        Assert.Equal([0.5f, 1f, 1.5f, 2f, 2.5f, 3.25f, -3.5f, 40f], data.Inputs.data<float>().ToArray());
        Assert.Equal([0L, 1L], data.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Label_column_header_and_separator_can_be_said()
    {
        using var data = CsvData.Load(
            _folder.Write("data", "class;a;b\n4;1;2\n"), labelColumn: 0, separator: ';', hasHeader: true);
        Assert.Equal([1L, 2L], data.Inputs.shape);
        Assert.Equal([4L], data.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Compressed_files_are_read()
    {
        using var data = CsvData.Load(_folder.WriteCompressed("data", Encoding.UTF8.GetBytes("1,2\n3,4\n")));
        Assert.Equal([2L, 4L], data.Labels.data<long>().ToArray());
    }

    [Theory]
    [InlineData("1,2,0\n1,2\n", "line 2: has 2 columns, the lines before have 3")]
    [InlineData("1,2,0\n\n1,x,0\n", "line 3: has 'x' in column 2")]
    [InlineData("1,,0\n", "line 1: has '' in column 2")]
    [InlineData("1,NaN,0\n", "line 1: has 'NaN' in column 2")]
    [InlineData("1,2,0.5\n", "line 1: has '0.5' as label in column 3")]
    [InlineData("1,2,-1\n", "line 1: has '-1' as label")]
    [InlineData("1,2,iris\n", "is expected. Classes with names are read by a declared table: [Table] on a record with [Label(")]
    [InlineData("1\n", "has one column when it is split at ',', which leaves no value beside a label.")]
    [InlineData("1;2;0\n", "leaves no value beside a label. It holds ';': is that the separator?")]
    [InlineData("1\t2\t0\n", "It holds '\\t': is that the separator?")]
    [InlineData("1,5;2,5;0\n", "has '5;2' in column 2, where a number is expected. It holds ';': is that the separator?")]
    [InlineData("a,b,c\n1,2,0\n", "where a number is expected. If this line names the columns, say hasHeader: true.")]
    [InlineData("1,2,0\na,b,class\n", "line 2: has 'a' in column 1, where a number is expected.")]
    [InlineData("# nothing\n", "holds no sample")]
    public void What_does_not_fit_is_named_with_its_line(string content, string message)
    {
        var path = _folder.Write("data", content);
        var error = Assert.Throws<InvalidDataException>(() => CsvData.Load(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('\t', "1\t2\t\n3\t4\t\n", -1, "line 1: has '' as label in column 3")]
    [InlineData('\t', "\t2\t7\n\t3\t8\n", 0, "line 1: has '' as label in column 1")]
    [InlineData('\t', "\t2\t7\n", 2, "line 1: has '' in column 1")]
    [InlineData('\t', "1\t2\t7\n\t\t\n", 2, "line 2: has '' in column 1")]
    [InlineData(' ', "1 2 \n", -1, "line 1: has '' as label in column 3")]
    [InlineData(' ', "1  2 0\n", -1, "line 1: has '' in column 2")]
    public void A_value_that_is_missing_beside_a_white_separator_shifts_no_column(
        char separator, string content, int label, string message)
    {
        var path = _folder.Write("data", content);
        var error = Assert.Throws<InvalidDataException>(() => CsvData.Load(path, labelColumn: label, separator: separator));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('\t', " 1 \t 2\t0 \r\n\n # comment\n3\t4\t1")]
    [InlineData(' ', "\t1 2 0\r\n\n#comment\n3 4 1\t")]
    public void White_space_that_is_no_separator_is_ignored(char separator, string content)
    {
        using var data = CsvData.Load(_folder.Write("data", content), separator: separator);
        Assert.Equal([1f, 2f, 3f, 4f], data.Inputs.data<float>().ToArray());
        Assert.Equal([0L, 1L], data.Labels.data<long>().ToArray());
    }

    [Theory]
    [InlineData("a,b,class\n")]
    [InlineData("# made by hand\n\n  \na,b,class\n# units: cm\n")]
    [InlineData("0,1,2\n")]
    public void The_header_is_the_first_line_with_content(string start)
    {
        using var data = CsvData.Load(_folder.Write("data", start + "1,2,0\n"), hasHeader: true);
        Assert.Equal([1f, 2f], data.Inputs.data<float>().ToArray());
    }

    // As Excel writes it: a mark of the encoding in front, and line ends of Windows.
    [Theory]
    [InlineData(false, "\ufeff1,2,0\r\n3,4,1\r\n")]
    [InlineData(true, "\ufeffa,b,class\r\n1,2,0\r\n3,4,1")]
    [InlineData(false, "\ufeff# made by hand\r\n1,2,0\r\n3,4,1\r\n\r\n")]
    public void A_mark_of_the_encoding_and_other_line_ends_are_no_part_of_a_value(bool hasHeader, string content)
    {
        using var data = CsvData.Load(_folder.Write("data", content), hasHeader: hasHeader);
        Assert.Equal([1f, 2f, 3f, 4f], data.Inputs.data<float>().ToArray());
        Assert.Equal([0L, 1L], data.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Quotation_marks_are_no_part_of_a_value()
    {
        using var data = CsvData.Load(_folder.Write("data", "\"a, b\",c,class\n\"1\",2,\"0\"\n"), hasHeader: true);
        Assert.Equal([1f, 2f], data.Inputs.data<float>().ToArray());
    }

    [Fact]
    public void A_sample_is_not_lost_to_a_header_that_is_a_comment()
    {
        var path = _folder.Write("data", "# a,b,class\n1,2,0\n3,4,1\n");
        var error = Assert.Throws<InvalidDataException>(() => CsvData.Load(path, hasHeader: true));
        Assert.Contains(
            "line 2: should name the columns, but holds numbers, and line 1 is a comment",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('.')]
    [InlineData('-')]
    [InlineData('3')]
    [InlineData('e')]
    [InlineData('#')]
    [InlineData('\n')]
    [InlineData('"')]
    [InlineData('\u00A0')]
    public void A_separator_that_numbers_or_comments_are_made_of_is_refused(char separator)
    {
        var path = _folder.Write("data", "1,2\n");
        Assert.Throws<ArgumentException>(() => CsvData.Load(path, separator: separator));
    }

    [Fact]
    public void A_shape_of_another_size_is_refused()
    {
        var path = _folder.Write("data", "1,2,3,0\n");
        var error = Assert.Throws<InvalidDataException>(() => CsvData.Load(path, [2, 2]));
        Assert.Contains("[2, 2] has 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_column_that_is_not_there_is_refused()
    {
        var path = _folder.Write("data", "1,2\n");
        Assert.Throws<InvalidDataException>(() => CsvData.Load(path, labelColumn: 2));
        Assert.Throws<InvalidDataException>(() => CsvData.Load(path, labelColumn: -3));
    }
}
