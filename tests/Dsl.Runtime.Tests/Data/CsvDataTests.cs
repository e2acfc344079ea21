using System.Text;

namespace Dsl.Runtime.Tests.Data;

public sealed class CsvDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_column_is_the_label()
    {
        using var data = CsvData.Load(_folder.Write("data", "# comment\n1,2,3,4,0\n\n5, 6.5,-7,8e1,1\r\n"), [1, 2, 2], scale: 0.5);
        Assert.Equal([2L, 1L, 2L, 2L], data.Inputs.shape);
        Assert.Equal([0.5f, 1f, 1.5f, 2f, 2.5f, 3.25f, -3.5f, 40f], data.Inputs.data<float>().ToArray());
        Assert.Equal([0L, 1L], data.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Label_column_header_and_separator_can_be_said()
    {
        using var data = CsvData.Load(_folder.Write("data", "class;a;b\n4;1;2\n"), labelColumn: 0, separator: ';', hasHeader: true);
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
    [InlineData("1\n", "leaves no value beside a label")]
    [InlineData("# nothing\n", "holds no sample")]
    public void What_does_not_fit_is_named_with_its_line(string content, string message)
    {
        var path = _folder.Write("data", content);
        var error = Assert.Throws<InvalidDataException>(() => CsvData.Load(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
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
